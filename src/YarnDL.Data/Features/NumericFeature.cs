using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// One or more numeric columns: float32 (columns). Computed in float64 and rounded once. Nulls, NaN and infinities are bad values unless
/// <see cref="Fill"/> says what stands for null and NaN (it is scaled like any other value).
/// </summary>
public sealed class NumericFeature : Feature
{
    internal const string TypeName = "numeric";

    private static readonly string[] ScaleNames = ["none", "standard", "minmax", "maxabs"];

    public NumericFeature(string name, IReadOnlyList<string> columns, NumericScale scale, double? fill = null) : base(name)
    {
        if (columns.Count == 0)
        {
            throw new DataException(DataFault.Job, "[numeric] no column was named; name at least one");
        }

        Columns = [.. columns];
        Scale = scale;
        Fill = fill;
    }

    public override IReadOnlyList<string> Columns { get; }

    public NumericScale Scale { get; }

    /// <summary>What stands for null and NaN; null = they are bad values.</summary>
    public double? Fill { get; }

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["columns"] = new JsonArray([.. Columns.Select(c => JsonValue.Create(c))]), ["scale"] = ScaleNames[(int)Scale] };
            if (Fill is { } fill)
            {
                options["fill"] = fill;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    /// <summary>The same with another scaling.</summary>
    public NumericFeature Scaled(NumericScale scale) => new(Name, Columns, scale, Fill);

    internal static NumericFeature Read(FeatureOptions o)
    {
        var columns = o.Texts("columns") ?? o.Texts("column") ?? [o.Text("columns")];
        var scale = (NumericScale)Array.IndexOf(ScaleNames, o.OneOf("scale", ScaleNames) ?? "none");
        var feature = new NumericFeature(o.TextOr("name", null) ?? (columns.Count > 0 ? columns[0] : ""), columns, scale, o.Number("fill"));
        _ = o.Has("column");
        o.Done();
        return feature;
    }

    public override FeatureFit? NewFit(Schema schema) => Scale == NumericScale.None ? null : new NumericFit(this, Positions(schema));

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(Columns.Count));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted)
    {
        double[] subtract = new double[Columns.Count];
        double[] divide = new double[Columns.Count];
        for (int i = 0; i < divide.Length; i++)
        {
            (subtract[i], divide[i]) = Scale switch
            {
                NumericScale.Standard => (Fitted(fitted, "mean", i), Fitted(fitted, "deviation", i)),
                NumericScale.MinMax => (Fitted(fitted, "min", i), Fitted(fitted, "max", i) - Fitted(fitted, "min", i)),
                NumericScale.MaxAbs => (0, Fitted(fitted, "maxAbs", i)),
                _ => (0, 1),
            };
        }

        return new Encoder(this, Positions(schema), subtract, divide);
    }

    /// <summary>The value of a row, or false when it is bad.</summary>
    internal bool TryValue(Column column, int row, out double value)
    {
        value = column.IsNull(row) ? double.NaN : NumericReader.Double(column, row);
        if (double.IsNaN(value) && Fill is { } fill)
        {
            value = fill;
        }

        return double.IsFinite(value);
    }

    private int[] Positions(Schema schema)
    {
        int[] positions = new int[Columns.Count];
        for (int i = 0; i < positions.Length; i++)
        {
            positions[i] = NumericReader.Require(schema, Columns[i], TypeName);
        }

        return positions;
    }

    private double Fitted(JsonNode? fitted, string key, int i) => fitted is JsonObject o
        && new FeatureOptions(new FeatureSpec($"{TypeName} '{Name}', fitted", o)).Numbers(key) is { } all && all.Count == Columns.Count
        ? all[i]
        : throw new DataException(DataFault.Input, $"[numeric] feature '{Name}' has no fitted '{key}' for its {Columns.Count} columns; fit it again");

    private sealed class Encoder(NumericFeature feature, int[] positions, double[] subtract, double[] divide) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = MemoryMarshal.Cast<byte, float>(into);
            for (int i = 0; i < positions.Length; i++)
            {
                var column = batch.Columns[positions[i]];
                if (!feature.TryValue(column, row, out double x))
                {
                    return new BadValue(feature.Columns[i], column.IsNull(row) ? "null where a number is needed" : "not a finite number", RawText.Of(column, row));
                }

                float y = divide[i] == 0 ? 0 : (float)((x - subtract[i]) / divide[i]);
                if (!float.IsFinite(y))
                {
                    return new BadValue(feature.Columns[i], "too large for float32", RawText.Of(column, row));
                }

                values[i] = CanonicalFloat.Of(y);
            }

            return null;
        }
    }
}
