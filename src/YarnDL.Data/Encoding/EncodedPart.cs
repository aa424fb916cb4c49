namespace YarnDL.Data.Encoding;

/// <summary>What stage 2 makes of some rows: records of training and held-out rows (<see cref="RowRecords"/>), bad rows, counts.</summary>
public sealed class EncodedPart
{
    public RowRecords Trained { get; } = new();

    public RowRecords HeldOut { get; } = new();

    public List<BadRow> Bad { get; } = [];

    /// <summary>Rows that came, filtered ones included.</summary>
    public long Read { get; set; }

    public long Filtered { get; set; }

    /// <summary>Rows that could not be encoded.</summary>
    public long BadRows { get; set; }

    /// <summary>Sum of the ids of all rows that passed the filter, modulo 2^128: the same for every order.</summary>
    public UInt128 IdSum { get; set; }

    /// <summary>Appends what other rows became.</summary>
    public void Add(EncodedPart other)
    {
        Trained.AddAll(other.Trained.Bytes);
        HeldOut.AddAll(other.HeldOut.Bytes);
        Bad.AddRange(other.Bad);
        Read += other.Read;
        Filtered += other.Filtered;
        BadRows += other.BadRows;
        IdSum = unchecked(IdSum + other.IdSum);
    }
}
