using System.Buffers.Binary;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>A block in memory: some rows in canonical order, column by column, with their ids and ordinals.</summary>
internal sealed class Block
{
    private readonly byte[] _bytes;
    private readonly int[] _values;
    private readonly int[] _offsets;
    private readonly int[] _widths;
    private readonly int _ids;
    private readonly int _ordinals;

    /// <summary>Parses the bytes of a block whose checksum has been compared; every length is checked against the bytes there are.</summary>
    /// <exception cref="DataException">Damaged.</exception>
    public Block(byte[] bytes, IReadOnlyList<EncodedColumn> columns, string file, BlockEntry entry)
    {
        _bytes = bytes;
        var r = new ByteReader(bytes.AsSpan(0, bytes.Length - 4), file, entry.Offset);
        if (r.U32("block magic") != BlockFormat.BlockMagic)
        {
            throw r.Damaged("block magic", "is wrong");
        }

        Number = r.Count32("block number", int.MaxValue);
        Rows = r.Count32("rows of block", 65_536);
        FirstRow = r.Count64("first row", long.MaxValue);
        if (Number != entry.Number || Rows != entry.Rows)
        {
            throw r.Damaged("block number", $"is {Number} with {Rows} rows, the index says {entry.Number} with {entry.Rows}");
        }

        _values = new int[columns.Count];
        _offsets = new int[columns.Count];
        _widths = new int[columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            long length = r.Count64("column bytes", r.Left);
            int start = bytes.Length - 4 - r.Left;
            r.Take((int)length, "column");
            if (columns[c].PerRow is { } shape)
            {
                _widths[c] = checked((int)(shape.ElementCount * columns[c].DType.Size()));
                if (length != (long)_widths[c] * Rows)
                {
                    throw r.Damaged("column bytes", $"of '{columns[c].Name}' are {length}, {Rows} rows of {_widths[c]} are due");
                }

                _values[c] = start;
            }
            else
            {
                _widths[c] = -1;
                _offsets[c] = start;
                _values[c] = start + ((Rows + 1) * 4);
                CheckOffsets(c, (int)length, columns[c].Name, r);
            }
        }

        _ids = bytes.Length - 4 - r.Left;
        r.Take(Rows * RowId.Size, "row ids");
        _ordinals = bytes.Length - 4 - r.Left;
        r.Take(Rows * 4, "ordinals");
        if (r.Left != 0)
        {
            throw r.Damaged("block", $"has {r.Left} bytes too many");
        }
    }

    public int Number { get; }

    public int Rows { get; }

    /// <summary>Canonical number of the first row.</summary>
    public long FirstRow { get; }

    public RowId Id(int row) => RowId.Read(_bytes.AsSpan(_ids + (row * RowId.Size)));

    public uint Ordinal(int row) => BinaryPrimitives.ReadUInt32LittleEndian(_bytes.AsSpan(_ordinals + (row * 4)));

    /// <summary>The encoded value of a row: its elements, or its bytes in a varying column.</summary>
    public ReadOnlySpan<byte> Value(int column, int row)
    {
        int width = _widths[column];
        if (width >= 0)
        {
            return _bytes.AsSpan(_values[column] + (row * width), width);
        }

        int from = Offset(column, row);
        return _bytes.AsSpan(_values[column] + from, Offset(column, row + 1) - from);
    }

    private int Offset(int column, int row) => BinaryPrimitives.ReadInt32LittleEndian(_bytes.AsSpan(_offsets[column] + (row * 4)));

    private void CheckOffsets(int column, int length, string name, ByteReader r)
    {
        int bytes = length - ((Rows + 1) * 4);
        int last = 0;
        for (int i = 0; bytes >= 0 && i <= Rows; i++)
        {
            int next = Offset(column, i);
            if (next < last || next > bytes || (i == 0 && next != 0))
            {
                bytes = -1;
            }

            last = next;
        }

        if (bytes < 0 || last != bytes)
        {
            throw r.Damaged("offsets", $"of '{name}' do not ascend from 0 to the column's {length - ((Rows + 1) * 4)} bytes");
        }
    }
}
