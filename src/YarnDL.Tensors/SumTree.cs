using System.Numerics;

namespace YarnDL.Tensors;

/// <summary>
/// The order of a long sum: its terms are cut into leaves of at most 4096, each leaf is summed by itself, and the leaves are joined by the complete
/// binary tree over their numbers, ((l0+l1)+(l2+l3))+..., missing ones skipped. Over rows, every segment has its own tree, and the segments are joined
/// by the tree over their numbers, empty ones skipped. The order depends on extents and segment borders only.
/// Use: for each leaf push its sum, then <see cref="Merges"/> times replace the two topmost entries (below, top) by below + top; one entry is left.
/// </summary>
public unsafe struct SumTree
{
    /// <summary>Most terms in one leaf.</summary>
    public const int LeafTerms = 4096;

    /// <summary>Enough entries for the stack of any sum.</summary>
    public const int MaxDepth = 96;

    private readonly RowSegments _rows;
    private readonly long _positions;
    private readonly int _segments;
    private fixed int _open[32];
    private int _openCount;
    private int _segment;
    private int _nextSegment;
    private long _rowStart;
    private long _rowEnd;
    private long _leaf;
    private long _origin;
    private long _leaves;

    private SumTree(RowSegments rows, long positions, int segments)
    {
        _rows = rows;
        _positions = positions;
        _segments = segments;
        long leaves = segments < 0 ? LeavesOf(1, positions) : 1;
        for (int s = 0; s < segments; s++)
        {
            leaves = Math.Max(leaves, LeavesOf(rows.Borders[s + 1] - rows.Borders[s], positions));
        }

        Depth = Levels(leaves) + Levels(Math.Max(1, segments)) + 1;
        _nextSegment = NextNonEmpty(0);
    }

    /// <summary>Most entries the stack can have.</summary>
    public int Depth { get; }

    /// <summary>First term of the current leaf.</summary>
    public long Start { get; private set; }

    /// <summary>Terms in the current leaf, at least 1.</summary>
    public long Length { get; private set; }

    /// <summary>How often the two topmost entries are joined once this leaf's sum is on the stack.</summary>
    public int Merges { get; private set; }

    /// <summary>A plain sum of <paramref name="terms"/> terms.</summary>
    public static SumTree Over(long terms) => new(default, terms, -1);

    /// <summary>A sum over rows x positions, row by row: chunks are whole rows with at most 4096 terms, or pieces of 4096 inside a longer row.</summary>
    public static SumTree OverRows(RowSegments rows, long positions) => new(rows, positions, rows.Count);

    /// <summary>One leaf of a larger sum.</summary>
    public static SumTree OneLeaf(long start, long length) => new(default, length, -1) { _origin = start };

    /// <summary>Number of leaves of the whole sum.</summary>
    public static long LeafCount(RowSegments rows, long positions)
    {
        long count = 0;
        for (int s = 0; s < rows.Count; s++)
        {
            count += LeavesOf(rows.Borders[s + 1] - rows.Borders[s], positions);
        }

        return count;
    }

    /// <summary>Goes to the next leaf; false when there is none.</summary>
    public bool Next()
    {
        if (_leaf == _leaves && !NextSegment())
        {
            return false;
        }

        long leaf = _leaf++;
        if (_positions <= LeafTerms)
        {
            long rowsPerLeaf = LeafTerms / _positions;
            long first = _rowStart + (leaf * rowsPerLeaf);
            Start = _origin + (first * _positions);
            Length = (Math.Min(first + rowsPerLeaf, _rowEnd) - first) * _positions;
        }
        else
        {
            long pieces = (_positions + LeafTerms - 1) / LeafTerms;
            long offset = leaf % pieces * LeafTerms;
            Start = ((_rowStart + (leaf / pieces)) * _positions) + offset;
            Length = Math.Min(LeafTerms, _positions - offset);
        }

        Merges = _leaf < _leaves ? BitOperations.TrailingZeroCount(_leaf) : BitOperations.PopCount((ulong)leaf) + MergesOfSegments();
        return true;
    }

    private static long LeavesOf(long rows, long positions)
    {
        if (positions <= 0)
        {
            return 0;
        }

        if (positions > LeafTerms)
        {
            return rows * ((positions + LeafTerms - 1) / LeafTerms);
        }

        long rowsPerLeaf = LeafTerms / positions;
        return (rows + rowsPerLeaf - 1) / rowsPerLeaf;
    }

    private bool NextSegment()
    {
        if (_nextSegment == -1)
        {
            return false;
        }

        _segment = _nextSegment;
        if (_segments < 0)
        {
            (_rowStart, _rowEnd) = (0, 1);
            _nextSegment = -1;
        }
        else
        {
            (_rowStart, _rowEnd) = (_rows.Borders[_segment], _rows.Borders[_segment + 1]);
            _nextSegment = NextNonEmpty(_segment + 1);
        }

        _leaf = 0;
        _leaves = LeavesOf(_rowEnd - _rowStart, _positions);
        return true;
    }

    private readonly int NextNonEmpty(int segment)
    {
        if (_positions <= 0)
        {
            return -1;
        }

        if (_segments < 0)
        {
            return 0;
        }

        while (segment < _segments && _rows.Borders[segment + 1] == _rows.Borders[segment])
        {
            segment++;
        }

        return segment < _segments ? segment : -1;
    }

    // Subtrees that wait for their right neighbour are named by their last segment. Two neighbours are joined as soon as
    // the next segment lies outside their common node, that is, when their common node is lower than the one shared with the next.
    private int MergesOfSegments()
    {
        int merges = 0;
        int levelWithNext = _nextSegment == -1 ? 64 : CommonLevel(_segment, _nextSegment);
        while (_openCount > 0 && CommonLevel(_open[_openCount - 1], _segment) < levelWithNext)
        {
            _openCount--;
            merges++;
        }

        _open[_openCount++] = _segment;
        return merges;
    }

    private static int Levels(long count) => count <= 1 ? 0 : BitOperations.Log2((ulong)count - 1) + 1;

    private static int CommonLevel(int a, int b) => 32 - BitOperations.LeadingZeroCount((uint)(a ^ b));
}
