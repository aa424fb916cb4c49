using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using YarnDL.Testing;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Encoding;

public sealed class LakeEncodingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedLake _lake = new();
    private readonly LocalFileStore _store = new();

    public void Dispose()
    {
        _lake.Dispose();
        _folder.Dispose();
    }

    private void Write(string format, string path, ColumnBatch rows)
    {
        using var writer = _lake.Write(new TableSource { Format = format, Paths = [_folder[path]] }, rows.Schema, WriteMode.Create);
        writer.Write(rows);
        writer.Commit();
    }

    private EncodeResult Encode(string name, TableSource source, FeatureList features, string? filter = null, double heldOut = 0.1) => Encoder.Run(new EncodeJob
    {
        Features = features,
        Rows = () => _lake.Read(source, new ReadRequest([.. features.Columns, "_file", "_row"], filter)),
        HeldOutFraction = heldOut,
        Shards = 4,
        Store = _store,
        Folder = _folder[name],
        Inputs = "the same rows",
    });

    private Dictionary<string, string> BlockFiles(string name) => Directory.EnumerateFiles(_folder[name], "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(_folder[name], f), f => Convert.ToHexString(File.ReadAllBytes(f)), StringComparer.Ordinal);

    [Fact]
    public void One_file_many_files_and_csv_give_the_same_blocks()
    {
        const int rows = 3000;
        var table = Batch(
            Numbers<int>("age", ColumnType.Int32, [.. Enumerable.Range(0, rows).Select(i => i % 97 == 0 ? null : (int?)(i % 71))]),
            Numbers<double>("hours", ColumnType.Float64, [.. Enumerable.Range(0, rows).Select(i => (double?)(i * 0.1))]),
            Texts("job", [.. Enumerable.Range(0, rows).Select(i => i % 13 == 0 ? "größe, \"列\"" : $"job {i % 17}")]),
            Numbers<int>("label", ColumnType.Int32, [.. Enumerable.Range(0, rows).Select(i => (int?)(i % 10))]));
        Write("parquet", "one.parquet", table);
        Write("parquet", "many/a.parquet", Take(table, [.. Enumerable.Range(0, rows).Where(i => i % 3 == 0).Reverse()]));
        Write("parquet", "many/b.parquet", Take(table, [.. Enumerable.Range(0, rows).Where(i => i % 3 == 1)]));
        Write("parquet", "many/c.parquet", Take(table, [.. Enumerable.Range(0, rows).Where(i => i % 3 == 2)]));
        Write("csv", "one.csv", table);
        FeatureList features = new(new NumericFeature("numbers", ["age", "hours"], NumericScale.Standard, 0), Feature.StringIndex("job").IndexUnknown(), Label.Index("label"));
        var one = Encode("s1", new TableSource { Format = "parquet", Paths = [_folder["one.parquet"]] }, features);
        var many = Encode("s2", new TableSource { Format = "parquet", Paths = [_folder["many"]] }, features);
        var csv = Encode("s3", new TableSource { Format = "csv", Paths = [_folder["one.csv"]], Columns = [("age", "bigint"), ("hours", "double"), ("job", "string"), ("label", "int")] }, features);
        Assert.Equal(rows, one.Ledger.Read);
        Assert.Equal(one.DataHash, many.DataHash);
        Assert.Equal(one.DataHash, csv.DataHash);
        Assert.Equal(BlockFiles("s1"), BlockFiles("s2"));
        Assert.Equal(BlockFiles("s1"), BlockFiles("s3"));
        Assert.True(Encode("s1", new TableSource { Format = "parquet", Paths = [_folder["one.parquet"]] }, features).Reused);
    }

    [Fact]
    public void Idx_images_are_encoded()
    {
        TableSource source = new() { Format = "idx", Paths = [SharedFolder.Require("data", "t10k-images-idx3-ubyte.gz"), SharedFolder.Require("data", "t10k-labels-idx1-ubyte.gz")] };
        FeatureList features = new(Feature.Pixels("pixels", "height", "width").Normalize(0.1307f, 0.3081f).Named("image"), Label.Index("label").Of(10));
        var result = Encode("mnist", source, features, "_row < 1000", 0);
        Assert.Equal(new RowLedger(1000, 1000, 0, 0, 0, 0), result.Ledger);
        using var set = result.OpenTrained(prefetch: true);
        Assert.Equal([new EncodedColumn("image", DType.Float32, new Shape(1, 28, 28)), new EncodedColumn("label", DType.Int64, Shape.Scalar)], set.Columns);
        using var images = new Tensor(DType.Float32, new Shape(64, 1, 28, 28));
        using var labels = new Tensor(DType.Int64, new Shape(64));
        long[] rows = new long[64];
        Assert.Equal(64, set.Read(1, 5, 0, 0, 256, true, [images.View, labels.View], 0, rows));
        Assert.All(labels.Span<long>().ToArray(), l => Assert.InRange(l, 0, 9));
        Assert.Contains(images.Span<float>().ToArray(), v => v > 2.8f);
        Assert.Equal((0 - 0.1307f) / 0.3081f, images.Span<float>()[0]);
    }
}
