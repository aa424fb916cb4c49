using System.Buffers.Binary;

namespace YarnDL.Data.Blocks;

/// <summary>Reads little-endian fields one after the other and refuses, by file and field, to read past the end.</summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string file, long start)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly int Left => _bytes.Length - _at;

    public uint U32(string field) => BinaryPrimitives.ReadUInt32LittleEndian(Take(4, field));

    public ushort U16(string field) => BinaryPrimitives.ReadUInt16LittleEndian(Take(2, field));

    public byte U8(string field) => Take(1, field)[0];

    public ulong U64(string field) => BinaryPrimitives.ReadUInt64LittleEndian(Take(8, field));

    /// <summary>A count that must be in 0 .. most.</summary>
    public int Count32(string field, int most)
    {
        uint value = U32(field);
        return value <= (uint)most ? (int)value : throw Damaged(field, $"is {value}, at most {most} is possible");
    }

    /// <summary>A count that must be in 0 .. most.</summary>
    public long Count64(string field, long most)
    {
        ulong value = U64(field);
        return value <= (ulong)most ? (long)value : throw Damaged(field, $"is {value}, at most {most} is possible");
    }

    public ReadOnlySpan<byte> Take(int length, string field)
    {
        if (length < 0 || length > Left)
        {
            throw Damaged(field, $"needs {length} bytes, {Left} are left");
        }

        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }

    public readonly DataException Damaged(string field, string seen) => BlockFaults.Damaged(file, start + _at, field, seen);
}
