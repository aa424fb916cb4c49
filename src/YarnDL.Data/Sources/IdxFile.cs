using System.Buffers.Binary;
using System.IO.Compression;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Sources;

/// <summary>An idx file (the format of MNIST), plain or gzipped: magic 0 0 type dimensions, sizes, then values, all big endian.</summary>
internal sealed class IdxFile : IDisposable
{
    private const int MaxDimensions = 8;

    private readonly Stream _stream;
    private readonly string _path;
    private long _offset;

    internal IdxFile(string path)
    {
        _path = path;
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            bool gzip = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
            file.Position = 0;
            _stream = gzip ? new BufferedStream(new GZipStream(file, CompressionMode.Decompress), 1 << 16) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Wrong($"it cannot be opened: {e.Message.ReplaceLineEndings(" ")}", "it must be readable", e);
        }

        try
        {
            ReadHeader();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>Type of a value.</summary>
    internal ColumnType Type { get; private set; }

    /// <summary>Sizes; the first is the number of rows.</summary>
    internal int[] Sizes { get; private set; } = [];

    internal int Rows => Sizes[0];

    /// <summary>Values of a row.</summary>
    internal int RowLength { get; private set; }

    /// <summary>Bytes of a row.</summary>
    internal int RowBytes => RowLength * Type.Width();

    /// <summary>The values of the next row in this machine's byte order.</summary>
    internal void ReadRow(Span<byte> row)
    {
        Fill(row, "a value");
        int width = Type.Width();
        for (int i = 0; width > 1 && i < row.Length; i += width)
        {
            row.Slice(i, width).Reverse();
        }
    }

    /// <summary>Checks that nothing follows the last row.</summary>
    internal void ReadEnd()
    {
        try
        {
            if (_stream.ReadByte() >= 0)
            {
                throw Wrong($"bytes follow the last of {Rows} rows at offset {_offset}", "its length must be that of its header");
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Wrong($"reading failed at offset {_offset}: {e.Message.ReplaceLineEndings(" ")}", "it must be whole", e);
        }
    }

    public void Dispose() => _stream.Dispose();

    private void ReadHeader()
    {
        Span<byte> four = stackalloc byte[4];
        Fill(four, "the magic number");
        if (four[0] != 0 || four[1] != 0)
        {
            throw Wrong($"its first bytes are {four[0]} {four[1]}", "an idx file begins with 0 0");
        }

        Type = four[2] switch
        {
            0x08 => ColumnType.UInt8,
            0x09 => ColumnType.Int8,
            0x0B => ColumnType.Int16,
            0x0C => ColumnType.Int32,
            0x0D => ColumnType.Float32,
            0x0E => ColumnType.Float64,
            _ => throw Wrong($"its type at offset 2 is 0x{four[2]:X2}", "it must be 08, 09, 0B, 0C, 0D or 0E"),
        };
        int dimensions = four[3];
        if (dimensions is < 1 or > MaxDimensions)
        {
            throw Wrong($"it has {dimensions} dimensions at offset 3", $"there must be 1 to {MaxDimensions}");
        }

        Sizes = new int[dimensions];
        long length = 1;
        for (int i = 0; i < dimensions; i++)
        {
            Fill(four, "a size");
            uint size = BinaryPrimitives.ReadUInt32BigEndian(four);
            length *= i == 0 ? 1 : size;
            Sizes[i] = size <= int.MaxValue && length <= Array.MaxLength / 8 ? (int)size
                : throw Wrong($"size {i} is {size} at offset {_offset - 4}", "a row must be smaller than 256 Mi values");
        }

        RowLength = (int)length;
    }

    private void Fill(Span<byte> to, string what)
    {
        try
        {
            int read = _stream.ReadAtLeast(to, to.Length, throwOnEndOfStream: false);
            if (read < to.Length)
            {
                throw Wrong($"it ends at offset {_offset + read} within {what}{(Sizes.Length > 0 && RowLength > 0 ? $" ({Rows} rows of {RowBytes} bytes were promised)" : "")}", "it must be whole");
            }

            _offset += to.Length;
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw Wrong($"reading failed at offset {_offset}: {e.Message.ReplaceLineEndings(" ")}", "it must be whole", e);
        }
    }

    private DataException Wrong(string seen, string must, Exception? inner = null) =>
        new(DataFault.Input, $"[idx] {_path}: {seen}; {must}; fetch or write it again", inner);
}
