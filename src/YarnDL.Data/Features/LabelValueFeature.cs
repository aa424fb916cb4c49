using System.Buffers.Binary;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>A number to be met: float32 (1). Nulls and numbers that are not finite are bad values.</summary>
public sealed class LabelValueFeature(string name, string column) : Feature(name)
{
    internal const string TypeName = "labelValue";

    public override IReadOnlyList<string> Columns { get; } = [column];

    public override bool IsLabel => true;

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["column"] = column });

    internal static LabelValueFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new LabelValueFeature(o.TextOr("name", column)!, column);
        o.Done();
        return feature;
    }

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(1));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(column, NumericReader.Require(schema, column, TypeName));

    private sealed class Encoder(string column, int position) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = batch.Columns[position];
            float value = values.IsNull(row) ? float.NaN : (float)NumericReader.Double(values, row);
            if (!float.IsFinite(value))
            {
                return new BadValue(column, values.IsNull(row) ? "null where a number is needed" : "not a finite float32 number", RawText.Of(values, row));
            }

            BinaryPrimitives.WriteSingleLittleEndian(into, CanonicalFloat.Of(value));
            return null;
        }
    }
}
