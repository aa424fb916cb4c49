using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>A scoring that is ready to run, wherever it does.</summary>
internal sealed record ScoringJob
{
    public required ScoringSetup Setup { get; init; }

    public required ModelDirectory Model { get; init; }

    public required FittedFeatures Features { get; init; }

    public required ILake Lake { get; init; }

    public required TableSource Source { get; init; }

    public required ReadRequest Read { get; init; }

    public required TableSource Target { get; init; }

    /// <summary>The columns of the predictions.</summary>
    public required Schema TargetSchema { get; init; }

    public required WriteMode Mode { get; init; }

    /// <summary>Threads of this process.</summary>
    public required ComputePool Pool { get; init; }

    public CancellationToken Cancel { get; init; }

    /// <summary>The model, applied here.</summary>
    public RowScorer NewScorer() => new(Model, Features, Setup, Pool);
}
