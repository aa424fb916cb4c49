using YarnDL.Data.Encoding;

namespace YarnDL.Data.Series;

/// <summary>A source row on its way into windows: where it lies, and what its place in the order follows from.</summary>
internal readonly record struct SeriesRow(int Batch, int Row, int Group, Int128 Order, RowId Id) : IComparable<SeriesRow>
{
    /// <summary>By group, order, content; rows of equal content are interchangeable.</summary>
    public int CompareTo(SeriesRow other) =>
        Group.CompareTo(other.Group) is not 0 and int byGroup ? byGroup : Order.CompareTo(other.Order) is not 0 and int byOrder ? byOrder : Id.CompareTo(other.Id);
}
