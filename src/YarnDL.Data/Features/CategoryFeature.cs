using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>A feature whose value is one of a known number of categories: int64 (scalar), 0 to <see cref="CountOf"/> - 1.</summary>
public abstract class CategoryFeature(string name) : Feature(name)
{
    /// <summary>How many categories there are.</summary>
    /// <param name="fitted">What <see cref="FeatureFit.Finish"/> gave; null for a feature without Fit.</param>
    /// <exception cref="DataException">The fitted state is missing or malformed.</exception>
    public abstract long CountOf(JsonNode? fitted);

    public sealed override long? EntriesOf(JsonNode? fitted) => CountOf(fitted);

    public sealed override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Int64, Shape.Scalar);

    /// <summary>The category that an encoder of such a feature gives a row.</summary>
    internal static BadValue? Number(FeatureEncoder encoder, ColumnBatch batch, int row, out long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        var bad = encoder.Encode(batch, row, bytes);
        number = BinaryPrimitives.ReadInt64LittleEndian(bytes);
        return bad;
    }
}
