using System.Runtime.InteropServices;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Images;
using YarnDL.Data.Rows;
using YarnDL.Data.Tests.Blocks;
using YarnDL.Data.Tests.Encoding;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Images;

public sealed class ImageFeatureTests
{
    private static readonly byte[] Grey = TestPng.Write(5, 4, 1, i => (byte)(i * 10));
    private static readonly byte[] Colour = TestPng.Write(5, 4, 3, i => (byte)(i * 4));

    private static FittedFeatures Fit(ColumnBatch batch, params Feature[] features)
    {
        var list = new FeatureList(features);
        var fit = new FitPartial(list, batch.Schema, new RowSides(new RowIdHasher(batch.Schema, list.Columns), new HashSplit(0), null));
        fit.Add(batch, 0, batch.Rows);
        return fit.Finish();
    }

    private static float[] Encode(Feature feature, ColumnBatch batch, int row, out string? fault)
    {
        using var encoder = Fit(batch, feature).Bind(batch.Schema);
        var bytes = new ByteBuffer();
        fault = encoder.Encode(batch, row, bytes)?.Reason;
        return MemoryMarshal.Cast<byte, float>(bytes.Written).ToArray();
    }

    private static ColumnBatch Pngs(params byte[]?[] images) => Batch(Blobs("png", ColumnType.Binary, images));

    [Fact]
    public void Grey_images_have_one_channel_and_samples_from_0_to_1()
    {
        var batch = Pngs(Grey, Grey);
        Assert.Equal(new EncodedColumn("png", DType.Float32, new Shape(1, 4, 5)), Fit(batch, Feature.Image("png")).Columns[0]);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => i * 10 / 255f), Encode(Feature.Image("png"), batch, 0, out string? fault));
        Assert.Null(fault);
        Assert.Equal(Enumerable.Range(0, 20).Select(i => ((i * 10 / 255f) - 0.1307f) / 0.3081f), Encode(Feature.Image("png").Normalize(0.1307f, 0.3081f), batch, 0, out _));
    }

    [Fact]
    public void One_image_with_colour_gives_all_of_them_three_channels()
    {
        var batch = Pngs(Grey, Colour);
        Assert.Equal(new Shape(3, 4, 5), Fit(batch, Feature.Image("png")).Columns[0].PerRow);
        float[] grey = Encode(Feature.Image("png"), batch, 0, out _);
        Assert.Equal(grey[..20], grey[20..40]);
        Assert.Equal(grey[..20], grey[40..]);
        float[] colour = Encode(Feature.Image("png"), batch, 1, out _);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => ((i % 20 * 3) + (i / 20)) * 4 / 255f), colour);
        Assert.Equal(new Shape(1, 4, 5), Fit(batch, Feature.Image("png").Grayscale()).Columns[0].PerRow);
    }

    [Fact]
    public void Steps_are_applied_in_their_order()
    {
        var batch = Pngs(Colour);
        float[] cropped = Encode(Feature.Image("png").CenterCrop(2, 3).Grayscale(), batch, 0, out _);
        float[] whole = Encode(Feature.Image("png").Grayscale(), batch, 0, out _);
        Assert.Equal([whole[6], whole[7], whole[8], whole[11], whole[12], whole[13]], cropped);
        Assert.NotEqual(Encode(Feature.Image("png").CenterCrop(2, 2).Resize(4, 4), batch, 0, out _), Encode(Feature.Image("png").Resize(4, 4), batch, 0, out _));
        Assert.Equal([whole[0], whole[1]], Encode(Feature.Image("png").Grayscale().Crop(0, 0, 1, 2), batch, 0, out _));
    }

    [Fact]
    public void Images_of_many_sizes_need_a_resize()
    {
        var batch = Pngs(Grey, TestPng.Write(6, 4, 1, _ => 0));
        Assert.Equal("[image] the images of column 'png' are 4 to 4 high and 5 to 6 wide; rows need one size; add resize", Assert.Throws<DataException>(() => Fit(batch, Feature.Image("png"))).Message);
        Assert.Equal(new Shape(1, 8, 8), Fit(batch, Feature.Image("png").Resize(8, 8)).Columns[0].PerRow);
    }

    [Fact]
    public void What_cannot_be_an_image_is_a_bad_value()
    {
        var batch = Pngs(Grey, Grey[..60], "not an image"u8.ToArray(), null, [], TestPng.Write(6, 4, 1, _ => 0), Colour);
        var feature = Feature.Image("png").WithChannels(1).Resize(4, 5, Interpolation.Nearest);
        Encode(feature, batch, 1, out string? fault);
        Assert.StartsWith("cannot be", fault, StringComparison.Ordinal);
        Encode(feature, batch, 2, out fault);
        Assert.StartsWith("not a PNG, JPEG, GIF or WebP image", fault, StringComparison.Ordinal);
        Encode(feature, batch, 3, out fault);
        Assert.Equal("null where an image is needed", fault);
        Encode(feature, batch, 4, out fault);
        Assert.Equal("empty", fault);
        Encode(feature, batch, 6, out fault);
        Assert.Equal("has 3 channels, 1 is expected; add grayscale, or declare channels: 3", fault);
        Encode(Feature.Image("png").WithChannels(1).CenterCrop(4, 6), batch, 0, out fault);
        Assert.Equal("is 4 x 5, a crop of 4 x 6 does not fit; resize first", fault);
        using var fitted = Fit(Pngs(Grey), Feature.Image("png")).Bind(batch.Schema);
        Assert.Equal("is 4 x 6, the training images are 4 x 5; add resize", fitted.Encode(batch, 5, new ByteBuffer())!.Reason);
    }

    [Fact]
    public void An_image_with_too_many_pixels_is_refused_by_its_head()
    {
        Assert.Equal("has 5 x 4 pixels, more than the 19 that are allowed", ImageDecoder.Decode(Grey, 19, new PixelBuffer()));
        Assert.Null(ImageDecoder.Decode(Grey, 20, new PixelBuffer()));
        byte[] bomb = [.. Grey];
        bomb[16] = bomb[20] = 0x40;
        Assert.NotNull(ImageDecoder.Decode(bomb, ImageDecoder.DefaultMostPixels, new PixelBuffer()));
    }

    [Fact]
    public void Every_truncated_or_flipped_image_is_decoded_or_refused()
    {
        var pixels = new PixelBuffer();
        for (int length = 0; length < Colour.Length; length++)
        {
            ImageDecoder.Decode(Colour.AsSpan(0, length), ImageDecoder.DefaultMostPixels, pixels);
        }

        for (int bit = 0; bit < Colour.Length * 8; bit++)
        {
            byte[] flipped = [.. Colour];
            flipped[bit >> 3] ^= (byte)(1 << (bit & 7));
            if (ImageDecoder.Decode(flipped, ImageDecoder.DefaultMostPixels, pixels) is null)
            {
                Assert.InRange(pixels.Samples, 1, 100_000_000);
            }
        }
    }

    [Fact]
    public void Threads_and_batches_change_no_byte_of_encoded_images()
    {
        const int rows = 600;
        var table = Batch(
            Blobs("png", ColumnType.Binary, [.. Enumerable.Range(0, rows).Select(i => TestPng.Write(8 + (i % 5), 9, i % 3 == 0 ? 3 : 1, j => (byte)((j * 37) + i)))]),
            Numbers<int>("digit", ColumnType.Int32, [.. Enumerable.Range(0, rows).Select(i => (int?)(i % 10))]));
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        var features = new FeatureList(Feature.Image("png").Resize(14, 14).Normalize(0.1307f, 0.3081f), Label.Index("digit").Of(10));
        var a = Encoder.Run(TestJobs.Job(one, () => [table]) with { Features = features });
        using var pool = new ComputePool(3);
        Encoder.Run(TestJobs.Job(other, () => TestJobs.Batches(table, 70, 2)) with { Features = features, Pool = pool });
        Assert.Equal(TestJobs.Bytes(one), TestJobs.Bytes(other));
        using var set = a.OpenTrained();
        Assert.Equal(new Shape(3, 14, 14), set.Columns[0].PerRow);
    }

    [Fact]
    public void Reasons_do_not_depend_on_what_other_threads_decode()
    {
        const int rows = 1200;
        byte[] whole = TestPng.Write(8, 8, 1, i => (byte)i);
        var table = Batch(
            Blobs("png", ColumnType.Binary, [.. Enumerable.Range(0, rows).Select(i => i % 2 == 0 ? TestPng.Write(8, 8, 1, j => (byte)(i + j)) : whole[..(20 + (i % 60))])]),
            Numbers<int>("id", ColumnType.Int32, [.. Enumerable.Range(0, rows).Select(i => (int?)i)]));
        var job = TestJobs.Job(new MemoryFileStore(), () => [table]) with { Features = new FeatureList(Feature.Image("png"), Feature.Numeric("id")), OnBadRow = BadRowPolicy.Quarantine(rows) };
        var one = new MemoryFileStore();
        var other = new MemoryFileStore();
        Encoder.Run(job with { Store = one });
        using var pool = new ComputePool(4);
        Encoder.Run(job with { Store = other, Pool = pool });
        Assert.Equal(TestJobs.Bytes(one), TestJobs.Bytes(other));
    }

    [Fact]
    public void A_damaged_image_is_quarantined_with_its_reason()
    {
        var table = Batch(
            Blobs("png", ColumnType.Binary, Grey, Grey[..50], Colour),
            Numbers<int>("id", ColumnType.Int32, 1, 2, 3));
        var store = new MemoryFileStore();
        var result = Encoder.Run(TestJobs.Job(store, () => [table]) with { Features = new FeatureList(Feature.Image("png")), OnBadRow = BadRowPolicy.Quarantine(1), KeyColumns = ["id"], HeldOutFraction = 0 });
        Assert.Equal(new RowLedger(3, 2, 0, 0, 0, 1), result.Ledger);
        string line = System.Text.Encoding.UTF8.GetString(store.Files[result.Quarantine!]);
        Assert.Contains("\"column\":\"png\",\"reason\":\"cannot be", line);
        Assert.Contains("\"raw\":\"50 bytes: 89504e47", line);
        Assert.Contains("\"keys\":{\"id\":\"2\"}", line);
    }
}
