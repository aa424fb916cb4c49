using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Tensors;
using static YarnDL.Data.Tests.Encoding.TestBatches;

namespace YarnDL.Data.Tests.Features;

public sealed class FeatureTests
{
    private static FittedFeatures Fit(ColumnBatch batch, params Feature[] features)
    {
        var list = new FeatureList(features);
        var fit = new FitPartial(list, batch.Schema, new RowSides(new RowIdHasher(batch.Schema, list.Columns), new HashSplit(0), null));
        fit.Add(batch, 0, batch.Rows);
        return fit.Finish();
    }

    private static (byte[] Bytes, BadValue? Bad) Encode(FittedFeatures features, ColumnBatch batch, int row)
    {
        using var encoder = features.Bind(batch.Schema);
        var bytes = new ByteBuffer();
        var bad = encoder.Encode(batch, row, bytes);
        return (bytes.ToArray(), bad);
    }

    private static float[] Floats(Feature feature, ColumnBatch batch, int row)
    {
        var (bytes, bad) = Encode(Fit(batch, feature), batch, row);
        Assert.Null(bad);
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    private static long Long(FittedFeatures features, ColumnBatch batch, int row)
    {
        var (bytes, bad) = Encode(features, batch, row);
        Assert.Null(bad);
        return MemoryMarshal.Read<long>(bytes);
    }

    private static BadValue Bad(Feature feature, ColumnBatch batch, int row)
    {
        var (bytes, bad) = Encode(Fit(batch, feature), batch, row);
        Assert.Empty(bytes);
        return Assert.IsType<BadValue>(bad);
    }

    [Fact]
    public void Numbers_are_scaled_by_what_was_fitted()
    {
        var batch = Batch(Numbers<int>("a", ColumnType.Int32, 1, 2, 3, 6), Decimals("d", 10, 2, 150, -300, 0, 75), Numbers<double>("c", ColumnType.Float64, 5, 5, 5, 5));
        Assert.Equal([1f, 1.5f, 5f], Floats(Feature.Numeric("a", "d", "c"), batch, 0));
        Assert.Equal([0f, 1f, 0f], Floats(Feature.Numeric("a", "d", "c").Scaled(NumericScale.MinMax), batch, 0));
        Assert.Equal([1f, 0.25f, 1f], Floats(Feature.Numeric("a", "d", "c").Scaled(NumericScale.MaxAbs), batch, 3));
        double deviation = Math.Sqrt(14.0 / 3);
        Assert.Equal([(float)(-2 / deviation)], Floats(Feature.Numeric("a").Scaled(NumericScale.Standard), batch, 0));
        Assert.Equal([0f], Floats(Feature.Numeric("c").Scaled(NumericScale.Standard), batch, 0));
    }

    [Fact]
    public void A_missing_number_is_a_bad_value_unless_it_is_filled()
    {
        var batch = Batch(Numbers<double>("a", ColumnType.Float64, 1, null, double.NaN, double.PositiveInfinity, 1e300));
        Assert.Equal("null where a number is needed", Bad(Feature.Numeric("a"), batch, 1).Reason);
        Assert.Equal("not a finite number", Bad(Feature.Numeric("a"), batch, 2).Reason);
        Assert.Equal(new BadValue("a", "not a finite number", "Infinity"), Bad(Feature.Numeric("a"), batch, 3));
        Assert.Equal("too large for float32", Bad(Feature.Numeric("a"), batch, 4).Reason);
        var filled = new NumericFeature("a", ["a"], NumericScale.None, 7);
        Assert.Equal([7f], Floats(filled, batch, 1));
        Assert.Equal([7f], Floats(filled, batch, 2));
    }

    [Fact]
    public void Equal_ids_encode_to_equal_bytes()
    {
        var batch = Batch(Numbers<float>("a", ColumnType.Float32, 0f, -0f), Lists("l", Numbers<double>("e", ColumnType.Float64, 0d, -0d), 1, 1));
        var features = Fit(batch, Feature.Numeric("a"), Feature.Tensor("l", 1));
        Assert.Equal(Encode(features, batch, 0).Bytes, Encode(features, batch, 1).Bytes);
    }

    [Fact]
    public void Words_are_numbered_by_frequency()
    {
        var batch = Batch(Texts("w", "x", "b", "a", "a", null, "new"), Numbers<int>("n", ColumnType.Int32, 5, 5, 7, 7, 7, 9));
        var features = Fit(Take(batch, 0, 1, 2, 3, 4), Feature.StringIndex("w"));
        Assert.Equal([2L, 1L, 0L, 0L], Enumerable.Range(0, 4).Select(r => Long(features, batch, r)));
        Assert.Equal("not one of the 3 values of the training rows", Encode(features, batch, 4).Bad!.Reason);
        Assert.Equal("new", Encode(features, batch, 5).Bad!.Raw);
        Assert.Equal(3L, Long(Fit(Take(batch, 0, 1, 2, 3), Feature.StringIndex("w").IndexUnknown()), batch, 5));
        Assert.Equal(1L, Long(Fit(batch, Feature.StringIndex("n")), batch, 0));
        Assert.Equal(1L, Long(Fit(batch, new StringIndexFeature("n", "n", true, 1)), batch, 0));
    }

    [Fact]
    public void Labels_are_integers_in_range_or_sorted_texts()
    {
        var batch = Batch(Numbers<byte>("y", ColumnType.UInt8, 2, 0, null), Texts("t", "dog", "cat", "bird"));
        var numbers = Fit(batch, Label.Index("y"));
        Assert.Equal(3, Label.Index("y").ClassesOf(numbers.StateOf(0)));
        Assert.Equal(2L, Long(numbers, batch, 0));
        Assert.Equal("null where a label is needed", Encode(numbers, batch, 2).Bad!.Reason);
        Assert.Equal("label 2 is not in 0..1", Bad(Label.Index("y").Of(2), batch, 0).Reason);
        var texts = Fit(batch, Label.Index("t"));
        Assert.Equal(["bird", "cat", "dog"], Label.Index("t").NamesOf(texts.StateOf(0))!);
        Assert.Equal(2L, Long(texts, batch, 0));
        var declared = new LabelIndexFeature("t", "t", null, ["dog", "cat"]);
        Assert.Equal(0L, Long(Fit(batch, declared), batch, 0));
        Assert.Equal("label 'bird' is not one of the 2 classes", Bad(declared, batch, 2).Reason);
    }

    [Fact]
    public void Lists_must_have_the_declared_length()
    {
        var batch = Batch(Lists("l", Numbers<int>("e", ColumnType.Int32, 1, 2, 3, 4, 5, null, 7), 4, 1, 2));
        Assert.Equal([1f, 2f, 3f, 4f], Floats(Feature.Tensor("l", 2, 2), batch, 0));
        Assert.Equal("1 numbers, shape (2, 2) needs 4", Bad(Feature.Tensor("l", 2, 2), batch, 1).Reason);
        Assert.Equal("element 0 is null or not a finite float32 number", Bad(Feature.Tensor("l", 2), batch, 2).Reason);
        Assert.Equal([5f], Floats(Feature.Tensor("l", 1), batch, 1));
    }

    [Fact]
    public void A_regression_target_is_a_float()
    {
        var batch = Batch(Numbers<double>("y", ColumnType.Float64, 0.1, null));
        Assert.Equal([0.1f], Floats(Label.Value("y"), batch, 0));
        Assert.Equal(new EncodedColumn("y", DType.Float32, new Shape(1)), Fit(batch, Label.Value("y")).Columns[0]);
        Assert.Equal("null where a number is needed", Bad(Label.Value("y"), batch, 1).Reason);
    }

    [Fact]
    public void Raw_pixels_become_planes()
    {
        byte[] rgb = [.. Enumerable.Range(0, 2 * 3 * 3).Select(i => (byte)(i * 10))];
        var batch = Batch(Blobs("p", ColumnType.Binary, rgb, [1, 2, 3]), Numbers<int>("h", ColumnType.Int32, 2, 2), Numbers<int>("w", ColumnType.Int32, 3, 3));
        var features = Fit(batch, Feature.Pixels("p", "h", "w"));
        Assert.Equal(new Shape(3, 2, 3), features.Columns[0].PerRow);
        float[] expected = [.. Enumerable.Range(0, 3).SelectMany(c => Enumerable.Range(0, 6).Select(i => rgb[(i * 3) + c] / 255f))];
        Assert.Equal(expected, MemoryMarshal.Cast<byte, float>(Encode(features, batch, 0).Bytes).ToArray());
        Assert.Equal("3 bytes of pixels are not 2 x 3 pixels of 1, 3 or 4 channels", Encode(features, batch, 1).Bad!.Reason);
        Assert.Equal(new Shape(1, 4, 5), Fit(batch, Feature.Pixels("p", "h", "w").Grayscale().Resize(4, 5).Normalize(0.5f, 0.5f)).Columns[0].PerRow);
    }

    [Fact]
    public void A_column_of_the_wrong_type_is_named()
    {
        var batch = Batch(Texts("t", "x"), Numbers<float>("f", ColumnType.Float32, 1f));
        Assert.Equal("[numeric] column 't' is text; a number is needed; cast it, or use a feature for text", Assert.Throws<DataException>(() => Fit(batch, Feature.Numeric("t")).Bind(batch.Schema)).Message);
        Assert.Contains("column 'f' is float32; text or integers are needed", Assert.Throws<DataException>(() => Fit(batch, Label.Index("f"))).Message);
        Assert.Contains("column 'f' is float32; a list of numbers is needed", Assert.Throws<DataException>(() => Fit(batch, Feature.Tensor("f", 1)).Bind(batch.Schema)).Message);
        Assert.Contains("column 'f' is float32; binary is needed", Assert.Throws<DataException>(() => Fit(batch, Feature.Image("f"))).Message);
    }

    [Fact]
    public void Fitted_features_survive_features_json()
    {
        var batch = Batch(
            Numbers<double>("a", ColumnType.Float64, 0.1, 0.7, 1e-3), Texts("w", "ü\"<", "b", "b"), Texts("t", "dog", "cat", "cat"), Lists("l", Numbers<int>("e", ColumnType.Int32, 1, 2, 3), 1, 1, 1),
            Blobs("p", ColumnType.Binary, [1, 2, 3, 4], [5, 6, 7, 8], [9, 9, 9, 9]), Numbers<int>("h", ColumnType.Int32, 2, 2, 2), Numbers<int>("v", ColumnType.Int32, 2, 2, 2));
        var features = Fit(batch, Feature.Numeric("a").Scaled(NumericScale.Standard), Feature.StringIndex("w"), Label.Index("t"), Feature.Tensor("l", 1), Label.Value("h"),
            Feature.Pixels("p", "h", "v").Crop(0, 1, 2, 1).Normalize(0.1307f, 0.3081f).Named("image"));
        var read = FittedFeatures.Parse(features.ToJson(), new FeatureRegistry());
        Assert.Equal(features.ToJson(), read.ToJson());
        Assert.Equal(features.Columns, read.Columns);
        for (int row = 0; row < 3; row++)
        {
            Assert.Equal(Encode(features, batch, row).Bytes, Encode(read, batch, row).Bytes);
        }

        Assert.Equal(["a", "w", "l", "image"], read.WithoutLabels().Columns.Select(c => c.Name));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"features\":[{}]}")]
    [InlineData("{\"version\":9,\"features\":[]}")]
    [InlineData("{\"version\":1,\"features\":[{\"type\":\"image\",\"options\":{\"column\":\"a\"},\"fitted\":{\"channels\":\"x\"}}]}")]
    public void Malformed_features_json_is_a_data_fault(string json) =>
        Assert.Throws<DataException>(() => FittedFeatures.Parse(json, new FeatureRegistry()));

    [Theory]
    [InlineData("imag", "{}", "[features] unknown feature 'imag'; did you mean 'image'?")]
    [InlineData("numeric", "{\"columns\":[\"a\"],\"scal\":\"none\"}", "[numeric] unknown option 'scal'; did you mean 'scale'?")]
    [InlineData("numeric", "{\"columns\":[\"a\"],\"scale\":\"log\"}", "[numeric] option 'scale' is \"log\"; one of none, standard, minMax, maxAbs, population is needed")]
    [InlineData("labelIndex", "{\"column\":\"y\",\"classes\":0}", "[labelIndex] option 'classes' is 0; an integer in 1..2147483647 is needed")]
    [InlineData("labelIndex", "{}", "[labelIndex] option 'column' is missing; it is needed")]
    [InlineData("tensor", "{\"column\":\"y\"}", "[tensor] feature 'y' has no shape; say how many numbers each row has")]
    [InlineData("image", "{\"column\":\"y\",\"resize\":[1,2,3]}", "[image] option 'resize' is [1,2,3]; [height, width] is needed")]
    [InlineData("image", "{\"column\":\"y\",\"normalize\":{\"mean\":0,\"std\":0}}", "[image] feature 'y' has 1 means and 1 deviations for its channels; one of each, or one per channel, no deviation 0, are needed")]
    public void Wrong_options_are_named(string type, string options, string message)
    {
        var e = Assert.Throws<DataException>(() => new FeatureRegistry().Create(new FeatureSpec(type, JsonNode.Parse(options)!.AsObject())));
        Assert.Equal(DataFault.Job, e.Fault);
        Assert.Equal(message, e.Message);
    }

    [Fact]
    public void Options_of_an_image_are_steps_in_their_order()
    {
        var options = JsonNode.Parse("{\"column\":\"png\",\"crop\":[20,20],\"grayscale\":true,\"resize\":28,\"interpolation\":\"area\",\"normalize\":{\"mean\":0.5,\"std\":0.5}}")!.AsObject();
        var image = (ImageFeature)new FeatureRegistry().Create(new FeatureSpec("image", options));
        Assert.Equal(["Crop", "Grayscale", "Resize", "Normalize"], image.Steps.Select(s => s.GetType().Name));
        Assert.Equal(new Shape(1, 28, 28), image.Encoded(null).PerRow);
        var again = (ImageFeature)new FeatureRegistry().Create(image.Spec);
        Assert.Equal(image.Spec.Options.ToJsonString(), again.Spec.Options.ToJsonString());
    }

    [Fact]
    public void Two_features_of_one_name_are_refused() =>
        Assert.Contains("two features are named 'a'", Assert.Throws<DataException>(() => new FeatureList(Feature.Numeric("a"), Label.Value("a"))).Message);
}
