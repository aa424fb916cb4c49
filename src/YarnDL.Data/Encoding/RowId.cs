using System.Buffers.Binary;
using System.Globalization;

namespace YarnDL.Data.Encoding;

/// <summary>The identity of a row: 128 bits of SHA-256 over the values the job uses (docs/row-identity.md). Its order is the canonical order of rows.</summary>
public readonly record struct RowId(ulong High, ulong Low) : IComparable<RowId>
{
    /// <summary>Bytes of a stored id.</summary>
    public const int Size = 16;

    /// <summary>Reads the first 16 bytes; byte order is the order of the hash.</summary>
    public static RowId Read(ReadOnlySpan<byte> bytes) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(bytes), BinaryPrimitives.ReadUInt64BigEndian(bytes[8..]));

    /// <summary>Reads 32 hexadecimal digits.</summary>
    /// <exception cref="FormatException">Not 32 hexadecimal digits.</exception>
    public static RowId Parse(string text) => text.Length == 32
        ? new(ulong.Parse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture), ulong.Parse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture))
        : throw new FormatException($"[row id] '{text}' has {text.Length} digits; an id has 32 hexadecimal digits");

    /// <summary>Writes 16 bytes in the order of the hash.</summary>
    public void Write(Span<byte> into)
    {
        BinaryPrimitives.WriteUInt64BigEndian(into, High);
        BinaryPrimitives.WriteUInt64BigEndian(into[8..], Low);
    }

    /// <summary>Order of the bytes.</summary>
    public int CompareTo(RowId other)
    {
        int high = High.CompareTo(other.High);
        return high != 0 ? high : Low.CompareTo(other.Low);
    }

    public static bool operator <(RowId a, RowId b) => a.CompareTo(b) < 0;

    public static bool operator >(RowId a, RowId b) => a.CompareTo(b) > 0;

    public static bool operator <=(RowId a, RowId b) => a.CompareTo(b) <= 0;

    public static bool operator >=(RowId a, RowId b) => a.CompareTo(b) >= 0;

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString() => $"{High:x16}{Low:x16}";
}
