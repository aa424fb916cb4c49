using YarnDL.Data.Rows;

namespace YarnDL.Data.Lakes;

/// <summary>Writes batches under a temporary name; disposed without commit, nothing is left.</summary>
public interface ITableWriter : IDisposable
{
    void Write(ColumnBatch batch);

    /// <summary>Makes all rows visible by one rename.</summary>
    void Commit();
}
