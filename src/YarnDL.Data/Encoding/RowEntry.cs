namespace YarnDL.Data.Encoding;

/// <summary>A record in memory by its id.</summary>
internal readonly record struct RowEntry(RowId Id, int Offset)
{
    public const int Bytes = 24;
}
