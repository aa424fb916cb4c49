namespace YarnDL.Graphs.Ops.Families;

/// <summary>What a scatter does where it meets a value.</summary>
internal enum ScatterReduction
{
    /// <summary>Puts the update in its place.</summary>
    None,

    /// <summary>Adds the update.</summary>
    Add,

    /// <summary>Multiplies by the update.</summary>
    Mul,

    /// <summary>Keeps the larger.</summary>
    Max,

    /// <summary>Keeps the smaller.</summary>
    Min,
}
