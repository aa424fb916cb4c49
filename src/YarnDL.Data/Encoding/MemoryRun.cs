namespace YarnDL.Data.Encoding;

/// <summary>The run that did not have to be written.</summary>
internal sealed class MemoryRun(ByteBuffer records, RowEntry[] entries) : RunSource
{
    private int _at = -1;

    public override ReadOnlySpan<byte> Record
    {
        get
        {
            var record = records.Written[entries[_at].Offset..];
            return record[..RowRecords.Length(record)];
        }
    }

    public override bool Next()
    {
        if (++_at >= entries.Length)
        {
            return false;
        }

        Id = entries[_at].Id;
        return true;
    }
}
