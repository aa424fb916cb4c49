using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes;

/// <summary>Where tables are.</summary>
public interface ILake : IDisposable
{
    /// <summary>The columns of a source.</summary>
    /// <exception cref="DataException">Missing, empty of files, or not readable.</exception>
    Schema Describe(TableSource source);

    /// <summary>The rows, batch by batch, in no promised order.</summary>
    IEnumerable<ColumnBatch> Read(TableSource source, ReadRequest request);

    /// <summary>Starts writing a table; nothing is visible before <see cref="ITableWriter.Commit"/>.</summary>
    ITableWriter Write(TableSource target, Schema schema, WriteMode mode);
}
