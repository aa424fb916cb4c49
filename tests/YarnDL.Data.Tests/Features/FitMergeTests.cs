using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Features;

/// <summary>What a feature learns is the same for any partitioning, order and merging of the rows, also when the parts travel as JSON text.</summary>
public sealed class FitMergeTests
{
    private static readonly string[] Pieces = ["free", "Ärger", "win", "42", "0800", "\U0001F600", "ß", "!", "列", "\uFFFD"];

    private static readonly FeatureList Features = new(
        new TextFeature("text", "text", 6) { Split = "wordsAndSigns", NumbersAsLength = true, Most = 7, MinCount = 2 },
        new StringIndexFeature("word", "word", true, order: "frequencyAsc"),
        new BucketFeature("number", "number", null, 4, unknownIsIndex: true),
        new NumericFeature("median", ["number"], NumericScale.Population) { Fill = NumericFill.Median },
        new NumericFeature("mode", ["number", "other"], NumericScale.MinMax) { Fill = NumericFill.Mode, Log1p = true },
        new CrossFeature("cross", [Feature.StringIndex("word").IndexUnknown(), Feature.Quantiles("other", 3)]),
        Feature.Categories("categories", Feature.StringIndex("word").IndexUnknown(), Feature.HashBucket("text", 10)),
        Feature.OneHot("hot", Feature.StringIndex("word").IndexUnknown()),
        Feature.Vector("vector", Feature.Numeric("other").Scaled(NumericScale.Standard), Feature.OneHot("w", Feature.StringIndex("word").IndexUnknown())),
        new SeriesFeature("series", ["list"], 3) { Scale = NumericScale.Standard },
        new LabelValueFeature("label", "list") { Steps = 3, Scale = NumericScale.MaxAbs });

    private static ColumnBatch Table(int rows, int seed)
    {
        int state = seed;
        int Next(int below) => (int)((uint)(state = unchecked((state * 1_103_515_245) + 12_345)) >> 8) % below;
        double?[] Numbers(bool holes) => [.. Enumerable.Range(0, rows).Select(_ => holes && Next(9) == 0 ? (double?)null : (Next(40) + 1) / 8.0)];
        return Batch(
            Texts("text", [.. Enumerable.Range(0, rows).Select(_ => string.Join(' ', Enumerable.Range(0, Next(6)).Select(_ => Pieces[Next(Pieces.Length)])))]),
            Texts("word", [.. Enumerable.Range(0, rows).Select(i => i == 0 ? "win" : Pieces[Next(Pieces.Length)])]),
            Numbers<double>("number", ColumnType.Float64, Numbers(true)),
            Numbers<double>("other", ColumnType.Float64, Numbers(false)),
            Lists("list", Numbers<double>("element", ColumnType.Float64, [.. Enumerable.Range(0, 3 * rows).Select(i => (double?)((Next(1000) - 500) / 7.0))]), [.. Enumerable.Repeat(3, rows)]));
    }

    private static FitPartial New(ColumnBatch batch) => new(Features, batch.Schema, new RowSides(new RowIdHasher(batch.Schema, Features.Columns), new HashSplit(0), null));

    [Fact]
    public void Any_partition_of_the_rows_gives_the_same_state()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            int parts = 1 + (seed % 5);
            var table = Table(60, seed);
            var whole = New(table);
            whole.Add(table, 0, table.Rows);
            var partials = Enumerable.Range(0, parts).Select(_ => New(table)).ToArray();
            int state = seed;
            foreach (int row in Enumerable.Range(0, table.Rows).OrderBy(r => (r * 7919) % 61))
            {
                state = unchecked((state * 1_664_525) + 1_013_904_223);
                partials[(int)((uint)state >> 8) % parts].Add(table, row, row + 1);
            }

            var merged = New(table);
            foreach (var p in partials)
            {
                merged.Merge(JsonNode.Parse(p.Partial().ToJsonString())!.AsArray(), p.Rows, p.IdSum);
            }

            Assert.Equal(whole.Finish().ToJson(), merged.Finish().ToJson());
            Assert.Equal(whole.Rows, merged.Rows);
        }
    }

    [Fact]
    public void Fitted_features_survive_features_json_and_encode_the_same_bytes()
    {
        var table = Table(50, 7);
        var fit = New(table);
        fit.Add(table, 0, table.Rows);
        var fitted = fit.Finish();
        var read = FittedFeatures.Parse(fitted.ToJson(), new FeatureRegistry());
        Assert.Equal(fitted.ToJson(), read.ToJson());
        Assert.Equal(fitted.Columns, read.Columns);
        using var one = fitted.Bind(table.Schema);
        using var other = read.Bind(table.Schema);
        for (int row = 0; row < table.Rows; row++)
        {
            var (a, b) = (new ByteBuffer(), new ByteBuffer());
            Assert.Null(one.Encode(table, row, a));
            Assert.Null(other.Encode(table, row, b));
            Assert.Equal(a.ToArray(), b.ToArray());
        }
    }

    [Fact]
    public void A_damaged_partial_is_a_data_fault()
    {
        var table = Table(10, 1);
        foreach (string bad in (string[])["[null,null]", "3", "[[1]]", "\"x\""])
        {
            for (int f = 0; f < Features.All.Length; f++)
            {
                var list = new FeatureList(Features.All[f]);
                var fit = new FitPartial(list, table.Schema, new RowSides(new RowIdHasher(table.Schema, list.Columns), new HashSplit(0), null));
                Assert.Contains("is malformed", Assert.Throws<DataException>(() => fit.Merge([JsonNode.Parse(bad)], 1, 1)).Message, StringComparison.Ordinal);
            }
        }
    }
}
