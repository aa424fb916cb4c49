namespace YarnDL.Tensors;

/// <summary>
/// The row axis cut into segments (one per shard): rows of segment s are Borders[s] .. Borders[s+1]-1, s in 0..Count-1.
/// Sums over rows are taken per segment and joined by the complete binary tree over the segment index; empty segments are skipped.
/// </summary>
public readonly unsafe struct RowSegments(int* borders, int count)
{
    /// <summary>Count + 1 ascending row numbers, the first 0.</summary>
    public int* Borders { get; } = borders;

    public int Count { get; } = count;

    public int Rows => Borders[Count];
}
