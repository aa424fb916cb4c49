namespace YarnDL.Data.Encoding;

/// <summary>By id, then by origin (empty but where a repeated key must be named), then by the encoded bytes: rows that compare equal are the same bytes, so that an unstable sort is good enough.</summary>
internal sealed class RowEntryOrder(ByteBuffer records) : IComparer<RowEntry>
{
    public int Compare(RowEntry x, RowEntry y)
    {
        int byId = x.Id.CompareTo(y.Id);
        return byId != 0 || x.Offset == y.Offset ? byId : Compare(records.Written[x.Offset..], records.Written[y.Offset..]);
    }

    /// <summary>The same order of two records of one id.</summary>
    public static int Compare(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        int byOrigin = RowRecords.Origin(x[..RowRecords.Length(x)]).SequenceCompareTo(RowRecords.Origin(y[..RowRecords.Length(y)]));
        return byOrigin != 0 ? byOrigin : RowRecords.Row(x).SequenceCompareTo(RowRecords.Row(y));
    }
}
