namespace YarnDL.Training;

/// <summary>When checkpoints are written and which are kept.</summary>
public sealed record CheckpointPolicy
{
    /// <summary>Every so many steps; 0 = not by steps.</summary>
    public long EverySteps { get; init; }

    /// <summary>At the end of every so many epochs; 0 = not by epochs.</summary>
    public int EveryEpochs { get; init; } = 1;

    /// <summary>When one is written; it takes the place of steps and epochs. Null: as they say.</summary>
    public Nn.Trigger? When { get; init; }

    /// <summary>The newest k are kept, at least 1.</summary>
    public int Keep { get; init; } = 2;

    /// <summary>The best one is kept too.</summary>
    public bool KeepBest { get; init; } = true;

    /// <summary>The value that tells the best, such as <c>val_loss</c>; null: the first held-out metric, else the training loss.</summary>
    public string? Monitor { get; init; }

    /// <summary>Writes none, not even when cancelled.</summary>
    public static CheckpointPolicy None { get; } = new() { EverySteps = 0, EveryEpochs = 0, Keep = 0 };
}
