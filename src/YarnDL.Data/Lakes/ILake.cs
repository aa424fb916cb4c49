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

    /// <summary>True when the source's rows can be told by <c>_file</c> and <c>_row</c>.</summary>
    bool HasPlaces(TableSource source) => false;

    /// <summary>A file or folder of the source's that lies at, below or around a path, so that writing there would change the source; null where there is none.</summary>
    string? Overlap(TableSource source, string path) => null;

    /// <summary>How many rows a condition leaves out (it is false or null for them); 0 without one.</summary>
    long CountFiltered(TableSource source, string? filter)
    {
        long rows = 0;
        if (!string.IsNullOrWhiteSpace(filter))
        {
            foreach (ColumnBatch batch in Read(source, new ReadRequest([], $"({filter}\n) IS NOT TRUE")))
            {
                rows += batch.Rows;
            }
        }

        return rows;
    }

    /// <summary>Starts writing a table; nothing is visible before <see cref="ITableWriter.Commit"/>.</summary>
    ITableWriter Write(TableSource target, Schema schema, WriteMode mode);
}
