using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>What is made of one or more columns of a row: one encoded column. Immutable; options are its whole identity.</summary>
public abstract class Feature(string name)
{
    /// <summary>Name of the encoded column.</summary>
    public string Name { get; } = name;

    /// <summary>Registered name and options.</summary>
    public abstract FeatureSpec Spec { get; }

    /// <summary>The columns it reads, as the job spells them.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>True when it differs from epoch to epoch: its columns are then kept as they are, and it runs in the worker.</summary>
    public virtual bool IsRandom => false;

    /// <summary>True for what a model is to predict: not needed at scoring.</summary>
    public virtual bool IsLabel => false;

    /// <summary>An empty aggregate over the training rows, or null when the feature need not see the data first.</summary>
    /// <exception cref="DataException">A column is missing or has a type the feature cannot read.</exception>
    public virtual FeatureFit? NewFit(Schema schema) => null;

    /// <summary>Name, element type and shape of what it makes.</summary>
    /// <param name="fitted">What <see cref="FeatureFit.Finish"/> gave; null for a feature without Fit.</param>
    /// <exception cref="DataException">The fitted state is missing or malformed.</exception>
    public abstract EncodedColumn Encoded(JsonNode? fitted);

    /// <summary>Integers that it makes are 0 to this - 1, such as the rows of an embedding; null when it makes none or they have no end.</summary>
    /// <param name="fitted">What <see cref="FeatureFit.Finish"/> gave; null for a feature without Fit.</param>
    public virtual long? EntriesOf(JsonNode? fitted) => null;

    /// <summary>Prepares encoding of rows of this schema. One encoder per thread.</summary>
    /// <exception cref="DataException">A column is missing or has a type the feature cannot read; the fitted state is missing or malformed.</exception>
    public abstract FeatureEncoder Bind(Schema schema, JsonNode? fitted);

    /// <summary>An encoded image (PNG, JPEG, GIF, WebP) in a binary column: float32 (channels, height, width), values 0 to 1 before <see cref="ImageFeature.Normalize(float, float)"/>.</summary>
    public static ImageFeature Image(string column) => ImageFeature.Of(column);

    /// <summary>Raw pixels (uint8, rows top to bottom) in a binary column, as idx files give them.</summary>
    public static ImageFeature Pixels(string column, string height, string width) => ImageFeature.OfPixels(column, height, width);

    /// <summary>One or more numeric columns: float32 (columns).</summary>
    public static NumericFeature Numeric(params string[] columns) => new(columns[0], columns, NumericScale.None);

    /// <summary>A text or integer column: int64 index into the vocabulary, by falling frequency, then UTF-8 bytes.</summary>
    public static StringIndexFeature StringIndex(string column) => new(column, column, false);

    /// <summary>A list of numbers: float32 of the given shape.</summary>
    public static TensorFeature Tensor(string column, params long[] shape) => new(column, column, shape);

    /// <summary>A text as numbers of its tokens: int64 (length).</summary>
    public static TextFeature Text(string column, int length) => new(column, column, length);

    /// <summary>A number by the interval it lies in: int64.</summary>
    public static BucketFeature Bucket(string column, params IReadOnlyList<double> boundaries) => new(column, column, boundaries);

    /// <summary>A number by the quantiles of the training rows: int64.</summary>
    public static BucketFeature Quantiles(string column, int count) => new(column, column, null, count);

    /// <summary>A text or integer by a hash: int64, 0 to buckets - 1.</summary>
    public static HashBucketFeature HashBucket(string column, long buckets) => new(column, column, buckets);

    /// <summary>Several categories as one: int64.</summary>
    public static CrossFeature Cross(string name, params IReadOnlyList<CategoryFeature> parts) => new(name, parts);

    /// <summary>Several categories in one numbering: int64 (parts).</summary>
    public static CategoriesFeature Categories(string name, params IReadOnlyList<CategoryFeature> parts) => new(name, parts);

    /// <summary>Categories as zeros and ones: float32 (sum of the parts' counts).</summary>
    public static OneHotFeature OneHot(string name, params IReadOnlyList<CategoryFeature> parts) => new(name, parts);

    /// <summary>Float features end to end: float32 (sum of the parts' elements).</summary>
    public static VectorFeature Vector(string name, params IReadOnlyList<Feature> parts) => new(name, parts);
}
