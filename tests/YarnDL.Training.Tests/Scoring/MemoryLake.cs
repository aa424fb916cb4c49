using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Training.Tests.Scoring;

/// <summary>A lake with one table in memory, and what was written to it.</summary>
internal sealed class MemoryLake(params ColumnBatch[] batches) : ILake
{
    public static TableSource Table { get; } = new() { Format = "table", Table = "rows" };

    public List<ColumnBatch> Written { get; } = [];

    public bool Committed { get; private set; }

    public Schema Describe(TableSource source) => batches[0].Schema;

    public IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest request)
    {
        foreach (ColumnBatch b in batches)
        {
            Column[] columns = [.. request.Columns!.Select(c => b[c])];
            yield return new ColumnBatch(new Schema([.. columns.Select(c => c.Field)]), b.Rows, columns);
        }
    }

    public ITableWriter Write(TableSource target, Schema schema, WriteMode mode) => new Writer(this);

    public void Dispose()
    {
    }

    private sealed class Writer(MemoryLake lake) : ITableWriter
    {
        public void Write(ColumnBatch batch) => lake.Written.Add(batch);

        public void Commit() => lake.Committed = true;

        public void Dispose()
        {
        }
    }
}
