using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Scoring;

/// <summary>Which model is judged on which rows: those of a table, or those of a folder of blocks.</summary>
public sealed record EvaluationRequest
{
    public required IFileStore Store { get; init; }

    /// <summary>The model directory.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Folder of block files; else <see cref="Lake"/> and <see cref="Source"/>.</summary>
    public string? Blocks { get; init; }

    public ILake? Lake { get; init; }

    public TableSource? Source { get; init; }

    /// <summary>SQL condition on the rows of the table.</summary>
    public string? Filter { get; init; }

    public int BatchSize { get; init; } = 256;

    /// <summary>Threads; 0 = all cores.</summary>
    public int Threads { get; init; }

    /// <summary>Carries out encoding and measuring, and stays the caller's; null: this process. The values do not depend on it.</summary>
    public IEngine? Engine { get; init; }

    /// <summary>Folder in <see cref="Store"/> for the encoded rows of a table while they are measured; null: a temporary one on local disk.</summary>
    public string? Staging { get; init; }

    /// <summary>Features of one's own; null: those of this release.</summary>
    public FeatureRegistry? Registry { get; init; }

    /// <summary>Bad rows of a table: true leaves them out, false fails at the first.</summary>
    public bool DropBadRows { get; init; }
}
