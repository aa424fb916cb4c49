using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Digits;

/// <summary>Digits as table rows: png (binary), digit (int), id (bigint).</summary>
public static class DigitTable
{
    /// <summary>The columns.</summary>
    public static Schema Schema { get; } = new([new Field("png", ColumnType.Binary), new Field("digit", ColumnType.Int32), new Field("id", ColumnType.Int64)]);

    /// <summary>Rows first .. first + count - 1, in batches; id is the row number. A function of seed and row number only.</summary>
    public static IEnumerable<ColumnBatch> Rows(ulong seed, long first, long count)
    {
        const int PerBatch = 2048;
        byte[] pixels = new byte[DigitDrawing.Size * DigitDrawing.Size];
        for (long start = first; start < first + count; start += PerBatch)
        {
            int rows = (int)Math.Min(PerBatch, first + count - start);
            ColumnBuilder png = new(Schema.Fields[0]);
            ColumnBuilder digit = new(Schema.Fields[1]);
            ColumnBuilder id = new(Schema.Fields[2]);
            for (int r = 0; r < rows; r++)
            {
                digit.Append(DigitDrawing.Draw(seed, start + r, pixels));
                png.AppendBytes(PngWriter.Grey(pixels, DigitDrawing.Size, DigitDrawing.Size));
                id.Append(start + r);
            }

            yield return new ColumnBatch(Schema, rows, [png.Build(), digit.Build(), id.Build()]);
        }
    }

    /// <summary>Writes them as one table of a lake.</summary>
    public static void Write(ILake lake, TableSource target, WriteMode mode, ulong seed, long first, long count)
    {
        using ITableWriter writer = lake.Write(target, Schema, mode);
        foreach (ColumnBatch batch in Rows(seed, first, count))
        {
            writer.Write(batch);
        }

        writer.Commit();
    }
}
