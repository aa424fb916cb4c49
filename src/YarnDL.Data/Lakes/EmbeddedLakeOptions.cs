namespace YarnDL.Data.Lakes;

/// <summary>Settings of the embedded lake.</summary>
public sealed record EmbeddedLakeOptions
{
    /// <summary>Limit of the SQL engine's memory in bytes; a query that needs more fails by name. Default a quarter of the memory this process may use, 512 MiB to 16 GiB.</summary>
    public long MemoryBytes { get; init; } = Math.Clamp(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4, 512L << 20, 16L << 30);

    /// <summary>Threads of the SQL engine; 0 = the machine's, at most 8.</summary>
    public int Threads { get; init; }

    /// <summary>Where large queries may spill to; null = nowhere.</summary>
    public string? TemporaryFolder { get; init; }

    /// <summary>The job's named tables: what SQL and sources of format <c>table</c> may refer to.</summary>
    public IReadOnlyDictionary<string, TableSource> Tables { get; init; } = new Dictionary<string, TableSource>();
}
