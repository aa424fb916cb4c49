namespace YarnDL.Data.Encoding;

/// <summary>First byte of a value inside the hash of a row (docs/row-identity.md). The numbers are part of version 1: never reuse one.</summary>
public enum ValueTag : byte
{
    Null = 0,
    Bool = 1,
    Integer = 2,
    Float32 = 3,
    Float64 = 4,
    Decimal = 5,
    Text = 6,
    Binary = 7,
    Date = 8,
    Instant = 9,
    Time = 10,
    Struct = 11,
    List = 12,
    Map = 13,
}
