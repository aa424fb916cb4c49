namespace YarnDL.Graphs.Ops.Recurrent;

/// <summary>What <see cref="RecurrentCell"/> does to each row.</summary>
internal enum RecurrentStage
{
    /// <summary>A plain cell.</summary>
    Rnn,

    /// <summary>An LSTM cell; gates in the order i, o, f, c.</summary>
    Lstm,

    /// <summary>Gates z and r of a GRU cell and the reset state.</summary>
    GruGates,

    /// <summary>The rest of a GRU cell that resets before the product.</summary>
    GruReset,

    /// <summary>A GRU cell that resets after the product; gates in the order z, r, h.</summary>
    GruLinear,

    /// <summary>Backwards through a plain cell.</summary>
    RnnBack,

    /// <summary>Backwards through an LSTM cell.</summary>
    LstmBack,

    /// <summary>Backwards through a GRU cell that resets after the product.</summary>
    GruLinearBack,

    /// <summary>Backwards through z and the candidate of a GRU cell that resets before the product.</summary>
    GruCandidateBack,

    /// <summary>Backwards through r of it.</summary>
    GruResetBack,

    /// <summary>Adds what comes through the weights to the gradient of the state.</summary>
    Carry,
}
