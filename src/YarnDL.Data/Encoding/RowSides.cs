using YarnDL.Data.Rows;

namespace YarnDL.Data.Encoding;

/// <summary>Filter and split of a job, bound to a schema. Not thread-safe: one per thread.</summary>
public sealed class RowSides(RowIdHasher hasher, HashSplit split, Func<ColumnBatch, int, bool>? filter)
{
    /// <summary>The row's side, and its id unless it is filtered.</summary>
    /// <param name="heldOutSource">True when the whole source is held out.</param>
    public RowSide Of(ColumnBatch batch, int row, bool heldOutSource, out RowId id)
    {
        if (filter is not null && !filter(batch, row))
        {
            id = default;
            return RowSide.Filtered;
        }

        id = hasher.Hash(batch, row);
        return heldOutSource || split.IsHeldOut(id) ? RowSide.HeldOut : RowSide.Trained;
    }
}
