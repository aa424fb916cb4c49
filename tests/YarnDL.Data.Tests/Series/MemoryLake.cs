using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Series;

/// <summary>A lake of one table that is given as batches; filters are not looked at.</summary>
internal sealed class MemoryLake(params ColumnBatch[] batches) : ILake
{
    public static TableSource Source { get; } = new() { Format = "table", Table = "t" };

    public Schema Describe(TableSource source) => batches[0].Schema;

    public IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest request) => batches.Select(b =>
    {
        int[] columns = [.. (request.Columns ?? [.. b.Schema.Fields.Select(f => f.Name)]).Select(b.Schema.IndexOf)];
        return new ColumnBatch(new Schema([.. columns.Select(c => b.Schema.Fields[c])]), b.Rows, [.. columns.Select(c => b.Columns[c])]);
    });

    public ITableWriter Write(TableSource target, Schema schema, WriteMode mode) => throw new NotSupportedException();

    public void Dispose()
    {
    }
}
