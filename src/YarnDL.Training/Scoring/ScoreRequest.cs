using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Scoring;

/// <summary>Which rows to score with which model, and where the predictions go.</summary>
public sealed record ScoreRequest
{
    public required IFileStore Store { get; init; }

    /// <summary>The model directory.</summary>
    public required string ModelPath { get; init; }

    public required ILake Lake { get; init; }

    public required TableSource Source { get; init; }

    /// <summary>SQL condition on the rows.</summary>
    public string? Filter { get; init; }

    public required TableSource Target { get; init; }

    public WriteMode Mode { get; init; } = WriteMode.Create;

    /// <summary>Columns of the source that are copied into the predictions, by name.</summary>
    public IReadOnlyList<string> Keep { get; init; } = [];

    /// <summary>What is written: <c>class</c> (largest score's label), <c>probability</c> (its softmax), <c>probabilities</c> (all), or any value of the graph by name. Empty: class and probability for a classifier, else the outputs.</summary>
    public IReadOnlyList<string> Outputs { get; init; } = [];

    /// <summary>Rows that run together; the predictions do not depend on it.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Threads; 0 = all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Says where rows are scored, and stays the caller's; null: in this process. The predictions do not depend on it.</summary>
    public IEngine? Engine { get; init; }

    /// <summary>Features of one's own; null: those of this release.</summary>
    public FeatureRegistry? Registry { get; init; }

    /// <summary>What happens to rows that cannot be encoded.</summary>
    public BadRowPolicy OnBadRow { get; init; } = BadRowPolicy.Fail;

    /// <summary>File of the rows that are set aside, one JSON line each; needed for quarantine.</summary>
    public string? BadRowsPath { get; init; }
}
