using System.Security.Cryptography;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Digits;

namespace YarnDL.Tests.Digits;

public sealed class DigitTableTests
{
    [Fact]
    public void Rows_do_not_depend_on_where_a_table_begins()
    {
        ColumnBatch all = DigitTable.Rows(1, 0, 60).Single();
        ColumnBatch tail = DigitTable.Rows(1, 40, 20).Single();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(all.Columns[0].Bytes(40 + i).SequenceEqual(tail.Columns[0].Bytes(i)));
            Assert.Equal(all.Columns[1].As<int>()[40 + i], tail.Columns[1].As<int>()[i]);
            Assert.Equal(40 + i, tail.Columns[2].As<long>()[i]);
        }
    }

    [Fact]
    public void The_bytes_are_the_same_everywhere()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        ColumnBatch batch = DigitTable.Rows(2026, 0, 200).Single();
        for (int i = 0; i < batch.Rows; i++)
        {
            hash.AppendData(batch.Columns[0].Bytes(i));
        }

        Assert.Equal("c0322e6accab4d4fb6f7f04059340adab97a194fe9a19e53077a5dd772255b6e", Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    [Fact]
    public void All_ten_digits_come_about_equally_often()
    {
        int[] seen = new int[10];
        byte[] pixels = new byte[DigitDrawing.Size * DigitDrawing.Size];
        for (int i = 0; i < 2000; i++)
        {
            seen[DigitDrawing.Draw(1, i, pixels)]++;
        }

        Assert.All(seen, n => Assert.InRange(n, 140, 260));
    }

    [Fact]
    public void The_pictures_are_png_files_that_decode_to_their_pixels()
    {
        byte[] pixels = new byte[DigitDrawing.Size * DigitDrawing.Size];
        DigitDrawing.Draw(1, 5, pixels);
        ColumnBuilder png = new(new Field("png", ColumnType.Binary));
        png.AppendBytes(PngWriter.Grey(pixels, DigitDrawing.Size, DigitDrawing.Size));
        Schema schema = new([new Field("png", ColumnType.Binary)]);
        ColumnBatch batch = new(schema, 1, [png.Build()]);
        float[] decoded = new float[pixels.Length];
        Assert.Null(Feature.Image("png").WithChannels(1).Resize(28, 28).Bind(schema, null).Encode(batch, 0, System.Runtime.InteropServices.MemoryMarshal.AsBytes(decoded.AsSpan())));
        for (int i = 0; i < pixels.Length; i++)
        {
            Assert.Equal(pixels[i], (byte)MathF.Round(decoded[i] * 255));
        }
    }
}
