using System.Text.Json.Nodes;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Encoding.TestBatches;
using static YarnDL.Data.Tests.Golden.FeatureCase;

namespace YarnDL.Data.Tests.Features;

public sealed class CategoryTests
{
    private static readonly ColumnBatch Table = Batch(Texts("c", "x", "x", "y", null), Numbers<double>("n", ColumnType.Float64, 1, 2.5, null, 9));

    private static string Bad(Feature feature, int row)
    {
        using var encoder = Fit(Table, feature).Bind(Table.Schema);
        return encoder.Encode(Table, row, new Data.Encoding.ByteBuffer())!.Reason;
    }

    [Fact]
    public void Combinations_have_the_last_part_fastest()
    {
        var cross = Feature.Cross("k", Feature.StringIndex("c").IndexUnknown(), new BucketFeature("n", "n", [2, 3], 0, true));
        var fitted = Fit(Table, cross);
        Assert.Equal(12, cross.CountOf(fitted.StateOf(0)));
        Assert.Equal([0L, 1, 7, 10], Encode<long>(fitted, Table).Select(r => r![0]));
    }

    [Fact]
    public void Too_many_combinations_ask_for_buckets()
    {
        var huge = Feature.Cross("k", Feature.HashBucket("c", 1 << 30), Feature.HashBucket("c", 3));
        Assert.Equal("[cross] feature 'k' has more than 2147483647 combinations; hash them: set buckets", Assert.Throws<DataException>(() => Fit(Table, huge).Bind(Table.Schema)).Message);
    }

    [Fact]
    public void Categories_in_one_numbering_follow_each_other()
    {
        var categories = Feature.Categories("k", Feature.StringIndex("c").IndexUnknown(), Feature.HashBucket("c", 5), new BucketFeature("n", "n", [2], 0, true));
        var fitted = Fit(Table, categories);
        Assert.Equal(3 + 5 + 3, categories.CountOf(fitted.StateOf(0)));
        Assert.Equal(new Shape(3), fitted.Columns[0].PerRow);
        var rows = Encode<long>(fitted, Table);
        Assert.All(rows, r => Assert.InRange(r![1], 3, 7));
        Assert.Equal([0L, 0, 1, 2], rows.Select(r => r![0]));
        Assert.Equal([8L, 9, 10, 9], rows.Select(r => r![2]));
    }

    [Fact]
    public void A_missing_number_has_no_interval_unless_one_is_kept_for_it() => Assert.Equal("null where a number is needed", Bad(Feature.Bucket("n", 2), 2));

    [Fact]
    public void Parts_of_a_vector_lie_end_to_end()
    {
        var filled = new NumericFeature("n", ["n"], NumericScale.None, -1);
        var rows = FitAndEncode<float>(Table, Feature.Vector("v", filled, Feature.OneHot("c", Feature.StringIndex("c").IndexUnknown())));
        Assert.Equal([[1, 1, 0, 0], [2.5f, 1, 0, 0], [-1, 0, 1, 0], [9, 0, 0, 1]], rows);
        Assert.Equal("[vector] part 'c' of feature 'v' is of type stringIndex; parts must give float32 of a fixed shape, such as numeric or oneHot",
            Assert.Throws<DataException>(() => Fit(Table, Feature.Vector("v", Feature.StringIndex("c")))).Message);
    }

    [Fact]
    public void Two_words_are_labels_0_and_1()
    {
        var label = new LabelValueFeature("y", "c") { Values = ["y", "x"] };
        Assert.Equal([1f, 1f, 0f], FitAndEncode<float>(Table, label).Take(3).Select(r => r![0]));
        Assert.Equal("null where a number is needed", Bad(label, 3));
        Assert.Equal("'y' is not one of the 1 values", Bad(new LabelValueFeature("y", "c") { Values = ["x"] }, 2));
    }

    [Fact]
    public void A_scaled_label_tells_its_unit()
    {
        var label = new LabelValueFeature("y", "n") { Scale = NumericScale.MinMax };
        var fitted = Fit(Take(Table, 0, 1, 3), label);
        Assert.Equal(8, label.Unit(fitted.StateOf(0)));
        Assert.Equal([0f, 0.1875f, 1f], Encode<float>(fitted, Take(Table, 0, 1, 3)).Select(r => r![0]));
    }

    [Theory]
    [InlineData("bucket", """{"column":"n"}""", "[bucket] feature 'n' needs either boundaries (one or more numbers) or quantiles (2 or more)")]
    [InlineData("bucket", """{"column":"n","boundaries":[2,1]}""", "[bucket] feature 'n' has boundary 1 after 2; boundaries must rise")]
    [InlineData("cross", """{"parts":["c"]}""", "[cross] feature 'c' has 1 parts; crossing takes two or more")]
    [InlineData("oneHot", """{"parts":[{"type":"numeric","columns":["n"]}]}""", "[oneHot] option 'parts' is {\"type\":\"numeric\",\"columns\":[\"n\"]}; a column, or a feature of type stringIndex, bucket, hashBucket or cross, is needed")]
    [InlineData("categories", """{"name":"k","parts":[]}""", "[categories] there is no part; name at least one")]
    [InlineData("text", """{"column":"c"}""", "[text] option 'length' is null; the number of tokens per row is needed")]
    [InlineData("text", """{"column":"c","length":3,"split":"letter"}""", "[text] option 'split' is \"letter\"; one of words, whitespace, letters, wordsAndSigns is needed")]
    [InlineData("series", """{"columns":["n"],"cycles":["day"]}""", "[series] feature 'series' has 1 columns and 1 cycles, time is missing; it needs columns, or time with cycles")]
    [InlineData("labelValue", """{"column":"c","values":["a","a"]}""", "[labelValue] option 'values' names a word twice, or there are steps too; each word needs its own place, and lists hold numbers")]
    public void Wrong_options_are_named(string type, string options, string message) =>
        Assert.Equal(message, Assert.Throws<DataException>(() => new FeatureRegistry().Create(new FeatureSpec(type, JsonNode.Parse(options)!.AsObject()))).Message);

    [Fact]
    public void Parts_are_written_as_they_are_read()
    {
        var options = JsonNode.Parse("""{"name":"k","parts":["c",{"type":"bucket","column":"n","boundaries":[2]}],"buckets":7,"hash":"fnv1a32"}""")!.AsObject();
        var cross = new FeatureRegistry().Create(new FeatureSpec("cross", options));
        var again = new FeatureRegistry().Create(cross.Spec);
        Assert.Equal(cross.Spec.Options.ToJsonString(), again.Spec.Options.ToJsonString());
        Assert.Equal(["c", "n"], again.Columns);
    }
}
