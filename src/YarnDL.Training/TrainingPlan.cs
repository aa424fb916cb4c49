using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>One training, complete and serialisable but for the model object: what the job file and the library both build.</summary>
public sealed record TrainingPlan
{
    public required Model Model { get; init; }

    /// <summary>Graph input name -> encoded column name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Losses with output and target column; their weighted sum is minimised.</summary>
    public required IReadOnlyList<LossTerm> Losses { get; init; }

    public required Optimizer Optimizer { get; init; }

    public required Schedule Schedule { get; init; }

    public IReadOnlyList<Metric> Metrics { get; init; } = [];

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>A power of two that divides the batch; 0 = the default.</summary>
    public int Shards { get; init; }

    public ulong Seed { get; init; }

    /// <summary>The largest global L2 norm of the gradient; larger gradients are scaled down to it. 0 = no clipping.</summary>
    public double ClipNorm { get; init; }

    public bool Shuffle { get; init; } = true;
}
