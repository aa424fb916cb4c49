using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>Float features end to end as one: float32 (sum of the parts' elements).</summary>
public sealed class VectorFeature(string name, IReadOnlyList<Feature> parts) : Feature(name)
{
    internal const string TypeName = "vector";

    private readonly FeatureParts<Feature> _parts = new(TypeName, parts);

    public override IReadOnlyList<string> Columns => _parts.Columns;

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["parts"] = _parts.ToJson() });

    internal static VectorFeature Read(FeatureOptions o)
    {
        var feature = new VectorFeature(o.Text("name"), o.Features<Feature>("parts", c => new NumericFeature(c, [c], NumericScale.None), "a numeric column, or a feature that gives float32,") ?? throw o.Wrong("parts", null, "a list of columns or features"));
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => _parts.NewFit(schema);

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(Bytes(fitted).Sum(b => (long)b) / sizeof(float)));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(_parts.Bind(schema, fitted), Bytes(fitted));

    private int[] Bytes(JsonNode? fitted) => [.. _parts.All.Select((p, i) => p.Encoded(_parts.State(fitted, i)) is { DType: DType.Float32, PerRow: { } shape } && !p.IsRandom && !p.IsLabel
        ? checked((int)shape.ElementCount * sizeof(float))
        : throw new DataException(DataFault.Job, $"[vector] part '{p.Name}' of feature '{Name}' is of type {p.Spec.Type}; parts must give float32 of a fixed shape, such as numeric or oneHot"))];

    private sealed class Encoder(FeatureEncoder[] parts, int[] bytes) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            for (int i = 0; i < parts.Length; i++)
            {
                if (parts[i].Encode(batch, row, into[..bytes[i]]) is { } bad)
                {
                    return bad;
                }

                into = into[bytes[i]..];
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
