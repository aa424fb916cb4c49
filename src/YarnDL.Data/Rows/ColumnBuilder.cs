using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace YarnDL.Data.Rows;

/// <summary>Makes a column value by value. For lists, maps and structs the children are filled first, then the row is closed.</summary>
public sealed class ColumnBuilder
{
    private readonly Field _field;
    private readonly ColumnBuilder[] _children;
    private readonly int _width;
    private readonly bool _hasOffsets;
    private byte[] _values = [];
    private byte[] _validity = [];
    private int[] _offsets = [0];
    private int _used;
    private bool _anyNull;

    public ColumnBuilder(Field field)
    {
        _field = field;
        _width = field.Type.Width();
        _hasOffsets = field.Type.HasOffsets();
        IReadOnlyList<Field> children = field.Children ?? [];
        _children = new ColumnBuilder[children.Count];
        for (int i = 0; i < _children.Length; i++)
        {
            _children[i] = new ColumnBuilder(children[i]);
        }
    }

    /// <summary>Rows so far.</summary>
    public int Rows { get; private set; }

    /// <summary>Bytes of values so far, children included.</summary>
    public long Bytes
    {
        get
        {
            long bytes = _used;
            foreach (ColumnBuilder child in _children)
            {
                bytes += child.Bytes;
            }

            return bytes;
        }
    }

    /// <summary>Builder of a nested column.</summary>
    public ColumnBuilder Child(int index) => _children[index];

    public void AppendNull()
    {
        _anyNull = true;
        if (_width > 0)
        {
            Reserve(_width).Clear();
        }
        else if (_field.Type == ColumnType.Struct)
        {
            foreach (ColumnBuilder child in _children)
            {
                child.AppendNull();
            }
        }

        Next(valid: false);
    }

    /// <summary>A fixed-width value, of the width of the column's type.</summary>
    public void Append<T>(T value) where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != _width)
        {
            throw new ArgumentException($"column {_field} holds values of {_width} bytes, not {typeof(T).Name}", nameof(value));
        }

        MemoryMarshal.Write(Reserve(_width), in value);
        Next(valid: true);
    }

    /// <summary>Some fixed-width values from their little endian bytes.</summary>
    public void AppendRaw(ReadOnlySpan<byte> values)
    {
        if (_width == 0 || values.Length % _width != 0)
        {
            throw new ArgumentException($"{values.Length} bytes are no values of column {_field}", nameof(values));
        }

        values.CopyTo(Reserve(values.Length));
        for (int i = 0; i < values.Length / _width; i++)
        {
            Next(valid: true);
        }
    }

    /// <summary>A text (UTF-8) or binary value.</summary>
    public void AppendBytes(ReadOnlySpan<byte> bytes)
    {
        if (_field.Type is not (ColumnType.Text or ColumnType.Binary))
        {
            throw new ArgumentException($"column {_field} holds no bytes", nameof(bytes));
        }

        bytes.CopyTo(Reserve(bytes.Length));
        Next(valid: true);
    }

    /// <summary>A text value.</summary>
    public void AppendText(string text) => AppendBytes(System.Text.Encoding.UTF8.GetBytes(text));

    /// <summary>A value of another column of the same type, null too.</summary>
    public void AppendFrom(Column from, int row)
    {
        if (from.IsNull(row))
        {
            AppendNull();
            return;
        }

        switch (from.Field.Type)
        {
            case ColumnType.Text or ColumnType.Binary:
                AppendBytes(from.Bytes(row));
                break;
            case ColumnType.Struct:
                for (int c = 0; c < from.Children.Length; c++)
                {
                    _children[c].AppendFrom(from.Children[c], row);
                }

                Close();
                break;
            case ColumnType.List or ColumnType.Map:
                for (int c = 0; c < from.Children.Length; c++)
                {
                    for (int i = from.Offsets[row]; i < from.Offsets[row + 1]; i++)
                    {
                        _children[c].AppendFrom(from.Children[c], i);
                    }
                }

                Close();
                break;
            default:
                AppendRaw(from.Values.AsSpan(row * _width, _width));
                break;
        }
    }

    /// <summary>Ends a list, map or struct whose children have been filled.</summary>
    public void Close()
    {
        if (_children.Length == 0)
        {
            throw new InvalidOperationException($"column {_field} has no children to close a row of");
        }

        int expected = _field.Type == ColumnType.Struct ? Rows + 1 : _children[0].Rows;
        foreach (ColumnBuilder child in _children)
        {
            if (child.Rows != expected)
            {
                throw new InvalidOperationException($"column {_field}: child {child._field.Name} has {child.Rows} rows, {expected} were expected");
            }
        }

        Next(valid: true);
    }

    /// <summary>The column; the builder starts anew.</summary>
    public Column Build()
    {
        Column[] children = new Column[_children.Length];
        for (int i = 0; i < children.Length; i++)
        {
            children[i] = _children[i].Build();
        }

        Column column = new(_field, Rows, _anyNull ? _validity.AsSpan(0, (Rows + 7) / 8).ToArray() : [], _values.AsSpan(0, _used).ToArray(),
            _hasOffsets ? _offsets.AsSpan(0, Rows + 1).ToArray() : [], children);
        (Rows, _used, _anyNull) = (0, 0, false);
        _validity.AsSpan().Clear();
        return column;
    }

    private Span<byte> Reserve(int bytes)
    {
        int end = checked(_used + bytes);
        if (end > _values.Length)
        {
            Array.Resize(ref _values, (int)Math.Max(end, Math.Min(Array.MaxLength, 2L * _values.Length + 64)));
        }

        Span<byte> span = _values.AsSpan(_used, bytes);
        _used = end;
        return span;
    }

    private void Next(bool valid)
    {
        if (Rows / 8 >= _validity.Length)
        {
            Array.Resize(ref _validity, 2 * _validity.Length + 64);
        }

        if (valid)
        {
            _validity[Rows >> 3] |= (byte)(1 << (Rows & 7));
        }

        Rows++;
        if (_hasOffsets)
        {
            if (Rows >= _offsets.Length)
            {
                Array.Resize(ref _offsets, 2 * _offsets.Length + 64);
            }

            _offsets[Rows] = _children.Length > 0 ? _children[0].Rows : _used;
        }
    }
}
