namespace YarnDL.Data.Rows;

/// <summary>Logical types of lake columns.</summary>
public enum ColumnType
{
    Bool = 1,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float32,
    Float64,
    /// <summary>128-bit unscaled value with precision and scale.</summary>
    Decimal,
    /// <summary>UTF-8.</summary>
    Text,
    Binary,
    /// <summary>Days since 1970-01-01.</summary>
    Date,
    /// <summary>Microseconds since 1970-01-01T00:00:00Z.</summary>
    Timestamp,
    /// <summary>Microseconds since midnight.</summary>
    Time,
    Struct,
    List,
    Map,
}
