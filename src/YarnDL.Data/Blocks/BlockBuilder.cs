using System.Buffers.Binary;
using YarnDL.Data.Encoding;
using YarnDL.Tensors;

namespace YarnDL.Data.Blocks;

/// <summary>The rows of one block while they come: columns, ids and ordinals in memory that is used again for the next block.</summary>
internal sealed class BlockBuilder
{
    private readonly IReadOnlyList<EncodedColumn> _columns;
    private readonly ByteBuffer[] _values;
    private readonly ByteBuffer[] _offsets;
    private readonly ByteBuffer _ids = new();
    private readonly ByteBuffer _ordinals = new();
    private readonly ByteBuffer _block = new();

    public BlockBuilder(IReadOnlyList<EncodedColumn> columns)
    {
        _columns = columns;
        _values = new ByteBuffer[columns.Count];
        _offsets = new ByteBuffer[columns.Count];
        for (int c = 0; c < columns.Count; c++)
        {
            _values[c] = new ByteBuffer();
            _offsets[c] = new ByteBuffer();
        }
    }

    /// <summary>Rows of the block so far.</summary>
    public int Rows { get; private set; }

    /// <param name="id">The row's id.</param>
    /// <param name="ordinal">0, 1, ... among rows with this id.</param>
    /// <param name="row">The encoded columns one after the other: elements, or for a varying column the length as u32 and the bytes.</param>
    public void Add(RowId id, uint ordinal, ReadOnlySpan<byte> row)
    {
        for (int c = 0; c < _columns.Count; c++)
        {
            int length;
            if (_columns[c].PerRow is { } shape)
            {
                length = (int)shape.ElementCount * _columns[c].DType.Size();
            }
            else
            {
                length = BinaryPrimitives.ReadInt32LittleEndian(row);
                row = row[4..];
                _offsets[c].AppendInt32(_values[c].Length);
            }

            _values[c].Append(row[..length]);
            row = row[length..];
        }

        if (!row.IsEmpty)
        {
            throw new ArgumentException($"[blocks] an encoded row has {row.Length} bytes too many", nameof(row));
        }

        id.Write(_ids.Append(RowId.Size));
        _ordinals.AppendInt32((int)ordinal);
        Rows++;
    }

    /// <summary>The block's bytes, valid until the next call; the builder is empty again.</summary>
    /// <param name="number">Of the block.</param>
    /// <param name="firstRow">Canonical number of its first row.</param>
    /// <param name="checksum">Which the bytes end with.</param>
    public ReadOnlySpan<byte> Build(int number, long firstRow, out uint checksum)
    {
        _block.Clear();
        _block.AppendInt32((int)BlockFormat.BlockMagic);
        _block.AppendInt32(number);
        _block.AppendInt32(Rows);
        _block.AppendInt64(firstRow);
        for (int c = 0; c < _columns.Count; c++)
        {
            if (_columns[c].PerRow is null)
            {
                _offsets[c].AppendInt32(_values[c].Length);
            }

            _block.AppendInt64(_offsets[c].Length + _values[c].Length);
            _block.Append(_offsets[c].Written);
            _block.Append(_values[c].Written);
            _offsets[c].Clear();
            _values[c].Clear();
        }

        _block.Append(_ids.Written);
        _block.Append(_ordinals.Written);
        checksum = Crc32C.Of(_block.Written);
        _block.AppendInt32((int)checksum);
        _ids.Clear();
        _ordinals.Clear();
        Rows = 0;
        return _block.Written;
    }
}
