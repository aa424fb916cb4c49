using System.Runtime.InteropServices;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Tests.Encoding;

/// <summary>Columns and batches from plain values, for tests.</summary>
internal static class TestBatches
{
    public static Column Numbers<T>(string name, ColumnType type, params T?[] values) where T : unmanaged
    {
        var plain = values.Select(v => v ?? default).ToArray();
        return new Column(new Field(name, type), values.Length, Validity(values.Select(v => v is null).ToArray()), MemoryMarshal.AsBytes<T>(plain).ToArray(), [], []);
    }

    public static Column Decimals(string name, int precision, int scale, params Int128[] unscaled) =>
        new(new Field(name, ColumnType.Decimal, null, precision, scale), unscaled.Length, [], MemoryMarshal.AsBytes<Int128>(unscaled).ToArray(), [], []);

    public static Column Texts(string name, params string?[] values) =>
        Blobs(name, ColumnType.Text, values.Select(v => v is null ? null : System.Text.Encoding.UTF8.GetBytes(v)).ToArray());

    public static Column Blobs(string name, ColumnType type, params byte[]?[] values)
    {
        int[] offsets = new int[values.Length + 1];
        for (int i = 0; i < values.Length; i++)
        {
            offsets[i + 1] = offsets[i] + (values[i]?.Length ?? 0);
        }

        return new Column(new Field(name, type), values.Length, Validity(values.Select(v => v is null).ToArray()), values.SelectMany(v => v ?? []).ToArray(), offsets, []);
    }

    public static Column Lists(string name, Column elements, params int[] lengths)
    {
        int[] offsets = Offsets(lengths);
        return new Column(new Field(name, ColumnType.List, [elements.Field]), lengths.Length, [], [], offsets, [elements]);
    }

    public static Column Maps(string name, Column keys, Column values, params int[] lengths) =>
        new(new Field(name, ColumnType.Map, [keys.Field, values.Field]), lengths.Length, [], [], Offsets(lengths), [keys, values]);

    public static Column Structs(string name, params Column[] children) =>
        new(new Field(name, ColumnType.Struct, [.. children.Select(c => c.Field)]), children[0].Rows, [], [], [], children);

    public static ColumnBatch Batch(params Column[] columns) =>
        new(new Schema([.. columns.Select(c => c.Field)]), columns[0].Rows, columns);

    /// <summary>Some rows of a batch of flat columns, in the given order.</summary>
    public static ColumnBatch Take(ColumnBatch batch, params int[] rows)
    {
        var columns = batch.Columns.Select(c =>
        {
            byte[] validity = Validity(rows.Select(c.IsNull).ToArray());
            if (c.Offsets.Length == 0)
            {
                int width = c.Values.Length / Math.Max(1, c.Rows);
                return new Column(c.Field, rows.Length, validity, rows.SelectMany(r => c.Values.AsSpan(r * width, width).ToArray()).ToArray(), [], []);
            }

            int[] offsets = Offsets(rows.Select(r => c.Offsets[r + 1] - c.Offsets[r]).ToArray());
            return c.Children.Length == 0
                ? new Column(c.Field, rows.Length, validity, rows.SelectMany(r => c.Bytes(r).ToArray()).ToArray(), offsets, [])
                : new Column(c.Field, rows.Length, validity, [], offsets,
                    [.. Take(Batch(c.Children), rows.SelectMany(r => Enumerable.Range(c.Offsets[r], c.Offsets[r + 1] - c.Offsets[r])).ToArray()).Columns]);
        }).ToArray();
        return new ColumnBatch(batch.Schema, rows.Length, columns);
    }

    private static int[] Offsets(int[] lengths)
    {
        int[] offsets = new int[lengths.Length + 1];
        for (int i = 0; i < lengths.Length; i++)
        {
            offsets[i + 1] = offsets[i] + lengths[i];
        }

        return offsets;
    }

    private static byte[] Validity(bool[] nulls)
    {
        if (!nulls.Contains(true))
        {
            return [];
        }

        byte[] bits = new byte[(nulls.Length + 7) / 8];
        for (int i = 0; i < nulls.Length; i++)
        {
            bits[i >> 3] |= (byte)(nulls[i] ? 0 : 1 << (i & 7));
        }

        return bits;
    }
}
