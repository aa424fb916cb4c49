using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Encoding;

/// <summary>What <see cref="Encoder.Run"/> is to do: rows to block files.</summary>
public sealed record EncodeJob
{
    public required FeatureList Features { get; init; }

    /// <summary>The input rows. Asked twice when a feature has to see them first; other rows at the second reading end the job.</summary>
    public required Func<IEnumerable<ColumnBatch>> Rows { get; init; }

    /// <summary>Rows that are held out, when they are not a part of <see cref="Rows"/>.</summary>
    public Func<IEnumerable<ColumnBatch>>? HeldOutRows { get; init; }

    /// <summary>Names what <see cref="Rows"/> and <see cref="HeldOutRows"/> read: files with sizes and times, SQL, filters. An encoding made of the same inputs is used again; null = never.</summary>
    public string? Inputs { get; init; }

    /// <summary>Part of <see cref="Rows"/> that is held out, by row id; 0 to below 1.</summary>
    public double HeldOutFraction { get; init; }

    /// <summary>Columns that identify a row instead of all that the features read; a key that comes twice ends the job.</summary>
    public IReadOnlyList<string> RowKey { get; init; } = [];

    /// <summary>Columns that bad-row records show; default the row key.</summary>
    public IReadOnlyList<string> KeyColumns { get; init; } = [];

    /// <summary>True keeps a row; null keeps all. Must be thread-safe. A filter that the source applied is counted by <see cref="FilteredBySource"/>.</summary>
    public Func<ColumnBatch, int, bool>? Filter { get; init; }

    /// <summary>How many rows the sources left out by filters of their own; null = none. Asked once, when rows are encoded.</summary>
    public Func<long>? FilteredBySource { get; init; }

    public BadRowPolicy OnBadRow { get; init; } = BadRowPolicy.Fail;

    public required int Shards { get; init; }

    public required IFileStore Store { get; init; }

    /// <summary>The staging folder; written under another name first.</summary>
    public required string Folder { get; init; }

    /// <summary>Features fitted before (by an earlier model): they are taken as they are.</summary>
    public FittedFeatures? Fitted { get; init; }

    public FeatureRegistry Registry { get; init; } = new();

    /// <summary>Encodes slices of batches in parallel; null = on the calling thread. The result does not depend on it.</summary>
    public ComputePool? Pool { get; init; }

    /// <summary>Where the stages run, told the job and the folder that is written; null = here. The result does not depend on it.</summary>
    public Func<EncodeJob, string, IEncodingStages>? Stages { get; init; }

    /// <summary>What <see cref="Rows"/> reads, and what <see cref="HeldOutRows"/> reads, for stages that read it themselves; null: code only.</summary>
    public (TableSource Source, ReadRequest Request)? Table { get; init; }

    public (TableSource Source, ReadRequest Request)? HeldOutTable { get; init; }

    /// <summary>Bytes for sorting; what does not fit goes through files.</summary>
    public long MemoryLimit { get; init; } = 512L << 20;

    /// <summary>Told after every group of batches.</summary>
    public Action<EncodeProgress>? Progress { get; init; }

    public CancellationToken Cancel { get; init; }
}
