using YarnDL.Data.Files;
using YarnDL.Data.Lakes.DuckDb;
using YarnDL.Data.Rows;
using YarnDL.Data.Sinks;
using YarnDL.Data.Sources;

namespace YarnDL.Data.Lakes;

/// <summary>Tables on this machine, through DuckDB: parquet, csv, json, idx, sql over named tables. Each call opens its own confined engine; thread-safe.</summary>
public sealed class EmbeddedLake(EmbeddedLakeOptions? options = null) : ILake
{
    private readonly EmbeddedLakeOptions _options = options ?? new EmbeddedLakeOptions();

    /// <inheritdoc/>
    public Schema Describe(TableSource source)
    {
        LakeTable table = LakeTable.Of(source, _options);
        try
        {
            using DuckDbSession session = Open(table);
            return table.Open(session).Schema;
        }
        catch (DuckDbException e)
        {
            throw table.Refuse(e, _options);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest request)
    {
        LakeTable table = LakeTable.Of(source, _options);
        using LakeReader reader = Start(table, request);
        while (Next(table, reader) is { } batch)
        {
            yield return batch;
        }
    }

    /// <inheritdoc/>
    public bool HasPlaces(TableSource source) => LakeTable.Resolve(source, _options).Format is "parquet" or "csv" or "json" or "idx";

    /// <inheritdoc/>
    public string? Overlap(TableSource source, string path)
    {
        static bool IsWithin(string inner, string outer) => inner == outer || inner.StartsWith(outer.TrimEnd('/') + "/", StringComparison.Ordinal);
        string full = Path.GetFullPath(path).TrimEnd('/');
        IEnumerable<string> given = LakeTable.Resolve(source, _options).Paths.Select(Path.GetFullPath);
        return LakeTable.Of(source, _options).Files.Concat(given).FirstOrDefault(f => IsWithin(f, full) || (Directory.Exists(f) && IsWithin(full, f)));
    }

    /// <inheritdoc/>
    public ITableWriter Write(TableSource target, Schema schema, WriteMode mode) => TableWriters.Open(target, schema, mode, _options, new LocalFileStore());

    public void Dispose()
    {
        // Each call owns its engine; nothing is kept.
    }

    private LakeReader Start(LakeTable table, ReadRequest request)
    {
        DuckDbSession? session = null;
        try
        {
            session = Open(table);
            return new LakeReader(session, table, request);
        }
        catch (DuckDbException e)
        {
            session?.Dispose();
            throw table.Refuse(e, _options);
        }
        catch
        {
            session?.Dispose();
            throw;
        }
    }

    private ColumnBatch? Next(LakeTable table, LakeReader reader)
    {
        try
        {
            return reader.Next();
        }
        catch (DuckDbException e)
        {
            throw table.Refuse(e, _options);
        }
    }

    private DuckDbSession Open(LakeTable table)
    {
        int threads = _options.Threads > 0 ? _options.Threads : Math.Min(8, Environment.ProcessorCount);
        DuckDbSession session = new(_options.MemoryBytes, threads, _options.TemporaryFolder);
        try
        {
            session.Confine(table.Files);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
