using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>A list of numbers: float32 of the given shape, row-major. Another length, nulls and numbers that are not finite are bad values.</summary>
public sealed class TensorFeature : Feature
{
    internal const string TypeName = "tensor";

    private readonly string _column;
    private readonly Shape _shape;

    /// <exception cref="DataException">No extent, one below 1, or more than 2^28 elements.</exception>
    public TensorFeature(string name, string column, IReadOnlyList<long> shape) : base(name)
    {
        long count = 1;
        foreach (long d in shape)
        {
            count = d >= 1 && d <= (1 << 28) / count ? count * d : throw new DataException(DataFault.Job, $"[tensor] feature '{name}' has shape ({string.Join(", ", shape)}); extents of 1 or more with at most {1 << 28} elements are needed");
        }

        if (shape.Count == 0)
        {
            throw new DataException(DataFault.Job, $"[tensor] feature '{name}' has no shape; say how many numbers each row has");
        }

        _column = column;
        _shape = new Shape([.. shape]);
        Columns = [column];
    }

    public override IReadOnlyList<string> Columns { get; }

    public override FeatureSpec Spec => new(TypeName, new JsonObject { ["name"] = Name, ["column"] = _column, ["shape"] = new JsonArray([.. _shape.Dims.ToArray().Select(d => JsonValue.Create(d))]) });

    internal static TensorFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new TensorFeature(o.TextOr("name", column)!, column, o.Integers("shape", 1, 1 << 28) ?? []);
        o.Done();
        return feature;
    }

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, _shape);

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted)
    {
        int position = schema.IndexOf(_column);
        var field = schema.Fields[position];
        return field.Type == ColumnType.List && NumericReader.IsNumber(field.Children![0].Type)
            ? new Encoder(this, position)
            : throw new DataException(DataFault.Input, $"[tensor] column '{_column}' is {NumericReader.TypeName(field)}; a list of numbers is needed");
    }

    private sealed class Encoder(TensorFeature feature, int position) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var list = batch.Columns[position];
            if (list.IsNull(row))
            {
                return new BadValue(feature._column, "null where a list of numbers is needed", null);
            }

            int from = list.Offsets[row];
            int count = list.Offsets[row + 1] - from;
            if (count != feature._shape.ElementCount)
            {
                return new BadValue(feature._column, $"{count} numbers, shape {feature._shape} needs {feature._shape.ElementCount}", RawText.Of(list, row));
            }

            var values = MemoryMarshal.Cast<byte, float>(into);
            var elements = list.Children[0];
            for (int i = 0; i < count; i++)
            {
                float value = elements.IsNull(from + i) ? float.NaN : (float)NumericReader.Double(elements, from + i);
                if (!float.IsFinite(value))
                {
                    return new BadValue(feature._column, $"element {i} is null or not a finite float32 number", RawText.Of(elements, from + i));
                }

                values[i] = CanonicalFloat.Of(value);
            }

            return null;
        }
    }
}
