namespace YarnDL.Data.Rows;

/// <summary>Facts about column types.</summary>
public static class ColumnTypes
{
    /// <summary>Bytes of a value; 0 for text, binary and nested types.</summary>
    public static int Width(this ColumnType type) => type switch
    {
        ColumnType.Bool or ColumnType.Int8 or ColumnType.UInt8 => 1,
        ColumnType.Int16 or ColumnType.UInt16 => 2,
        ColumnType.Int32 or ColumnType.UInt32 or ColumnType.Float32 or ColumnType.Date => 4,
        ColumnType.Int64 or ColumnType.UInt64 or ColumnType.Float64 or ColumnType.Timestamp or ColumnType.Time => 8,
        ColumnType.Decimal => 16,
        _ => 0,
    };

    /// <summary>Text, binary, lists and maps: rows are ranges between offsets.</summary>
    public static bool HasOffsets(this ColumnType type) => type is ColumnType.Text or ColumnType.Binary or ColumnType.List or ColumnType.Map;
}
