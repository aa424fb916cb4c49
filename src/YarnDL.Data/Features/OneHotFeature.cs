using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>One or more categories as zeros and a one each: float32 (sum of the parts' counts). With dropLast the last category of each part is all zeros.</summary>
public sealed class OneHotFeature(string name, IReadOnlyList<CategoryFeature> parts, bool dropLast = false) : Feature(name)
{
    internal const string TypeName = "oneHot";

    private readonly FeatureParts<CategoryFeature> _parts = new(TypeName, parts);

    public override IReadOnlyList<string> Columns => _parts.Columns;

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["parts"] = _parts.ToJson(), ["dropLast"] = dropLast });

    internal static OneHotFeature Read(FeatureOptions o)
    {
        var parts = o.Features<CategoryFeature>("parts", c => new StringIndexFeature(c, c, true), CategoriesFeature.Needed) ?? throw o.Wrong("parts", null, "a list of columns or features");
        var feature = new OneHotFeature(o.TextOr("name", parts.Count > 0 ? parts[0].Name : "")!, parts, o.Flag("dropLast") ?? false);
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => _parts.NewFit(schema);

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(Widths(fitted).Sum()));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(_parts.Bind(schema, fitted), Widths(fitted));

    private long[] Widths(JsonNode? fitted) => [.. _parts.All.Select((p, i) => p.CountOf(_parts.State(fitted, i)) - (dropLast ? 1 : 0))];

    private sealed class Encoder(FeatureEncoder[] parts, long[] widths) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = MemoryMarshal.Cast<byte, float>(into);
            values.Clear();
            int from = 0;
            for (int i = 0; i < parts.Length; i++)
            {
                if (CategoryFeature.Number(parts[i], batch, row, out long number) is { } bad)
                {
                    return bad;
                }

                if (number < widths[i])
                {
                    values[from + (int)number] = 1;
                }

                from += (int)widths[i];
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
