using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>Several categories in one numbering, for one table of embeddings: int64 (parts); the numbers of each part come after those of the part before.</summary>
public sealed class CategoriesFeature(string name, IReadOnlyList<CategoryFeature> parts) : Feature(name)
{
    internal const string TypeName = "categories";
    internal const string Needed = "a column, or a feature of type stringIndex, bucket, hashBucket or cross,";

    private readonly FeatureParts<CategoryFeature> _parts = new(TypeName, parts);

    public override IReadOnlyList<string> Columns => _parts.Columns;

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["parts"] = _parts.ToJson() });

    internal static CategoriesFeature Read(FeatureOptions o)
    {
        var feature = new CategoriesFeature(o.Text("name"), o.Features<CategoryFeature>("parts", c => new StringIndexFeature(c, c, true), Needed) ?? throw o.Wrong("parts", null, "a list of columns or features"));
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => _parts.NewFit(schema);

    /// <summary>How many numbers all parts have together.</summary>
    public long CountOf(JsonNode? fitted) => Starts(fitted)[^1];

    public override long? EntriesOf(JsonNode? fitted) => CountOf(fitted);

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Int64, new Shape(_parts.All.Count));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(_parts.Bind(schema, fitted), Starts(fitted));

    /// <summary>The first number of each part, and the count.</summary>
    private long[] Starts(JsonNode? fitted)
    {
        var starts = new long[_parts.All.Count + 1];
        for (int i = 0; i < _parts.All.Count; i++)
        {
            starts[i + 1] = checked(starts[i] + _parts.All[i].CountOf(_parts.State(fitted, i)));
        }

        return starts;
    }

    private sealed class Encoder(FeatureEncoder[] parts, long[] starts) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                if (CategoryFeature.Number(parts[i], batch, row, out long number) is { } bad)
                {
                    return bad;
                }

                BinaryPrimitives.WriteInt64LittleEndian(into[(sizeof(long) * i)..], starts[i] + number);
            }

            return null;
        }

        public override void Dispose()
        {
            foreach (var part in parts)
            {
                part.Dispose();
            }
        }
    }
}
