using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// One or more numeric columns: float32 (columns). Computed in float64 and rounded once. Nulls, NaN and infinities are bad values unless
/// <see cref="Fill"/> says what stands for null and NaN (it is scaled like any other value). Statistics are over the numbers that are there, and a given fill value.
/// </summary>
public sealed class NumericFeature : Feature
{
    internal const string TypeName = "numeric";

    private static readonly string[] FillNames = ["mean", "median", "mode"];

    /// <exception cref="DataException">No column.</exception>
    public NumericFeature(string name, IReadOnlyList<string> columns, NumericScale scale, double? fill = null) : base(name)
    {
        if (columns.Count == 0)
        {
            throw new DataException(DataFault.Job, "[numeric] no column was named; name at least one");
        }

        Columns = [.. columns];
        Scale = scale;
        FillValue = fill ?? 0;
        Fill = fill is null ? NumericFill.None : NumericFill.Value;
    }

    public override IReadOnlyList<string> Columns { get; }

    public NumericScale Scale { get; }

    /// <summary>What stands for null and NaN.</summary>
    public NumericFill Fill { get; init; }

    /// <summary>The number of <see cref="NumericFill.Value"/>.</summary>
    public double FillValue { get; }

    /// <summary>log(1 + x) instead of x, before scaling; -1 and below are bad values.</summary>
    public bool Log1p { get; init; }

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["columns"] = new JsonArray([.. Columns.Select(c => JsonValue.Create(c))]), ["scale"] = NumberScaler.Names[(int)Scale] };
            if (Fill == NumericFill.Value)
            {
                options["fill"] = FillValue;
            }
            else if (Fill != NumericFill.None)
            {
                options["fill"] = FillNames[Fill - NumericFill.Mean];
            }

            if (Log1p)
            {
                options["log1p"] = true;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    /// <summary>The same with another scaling.</summary>
    public NumericFeature Scaled(NumericScale scale) => new(Name, Columns, scale, Fill == NumericFill.Value ? FillValue : null) { Fill = Fill, Log1p = Log1p };

    internal static NumericFeature Read(FeatureOptions o)
    {
        var columns = o.Texts("columns") ?? o.Texts("column") ?? [o.Text("columns")];
        var scale = (NumericScale)Array.IndexOf(NumberScaler.Names, o.OneOf("scale", NumberScaler.Names) ?? "none");
        int statistic = o.Has("fill") && o.Options["fill"]!.GetValueKind() == System.Text.Json.JsonValueKind.String ? Array.IndexOf(FillNames, o.OneOf("fill", FillNames)) : -1;
        var feature = new NumericFeature(o.TextOr("name", null) ?? (columns.Count > 0 ? columns[0] : ""), columns, scale, statistic < 0 ? o.Number("fill") : null) { Log1p = o.Flag("log1p") ?? false };
        _ = o.Has("column");
        o.Done();
        return statistic < 0 ? feature : new NumericFeature(feature.Name, columns, scale) { Fill = NumericFill.Mean + statistic, Log1p = feature.Log1p };
    }

    public override FeatureFit? NewFit(Schema schema) => Scale == NumericScale.None && Fill <= NumericFill.Value ? null : new NumericFit(this, Positions(schema));

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(Columns.Count));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(this, Positions(schema), new NumberScaler($"{TypeName} '{Name}'", Scale, Columns.Count, fitted),
        [.. Columns.Select((_, i) => Fill > NumericFill.Value ? NumberScaler.Fitted($"{TypeName} '{Name}'", fitted, "fill", i, Columns.Count) : double.NaN)]);

    /// <summary>The value of a row before scaling, or false when it is missing or bad; a given fill value stands in.</summary>
    internal bool TryValue(Column column, int row, out double value)
    {
        value = column.IsNull(row) ? double.NaN : NumericReader.Double(column, row);
        if (double.IsNaN(value) && Fill == NumericFill.Value)
        {
            value = FillValue;
        }

        value = !Log1p || double.IsNaN(value) ? value : value > -1 ? Maths.Log1p(value) : double.NegativeInfinity;
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

    private sealed class Encoder(NumericFeature feature, int[] positions, NumberScaler scaler, double[] fill) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = MemoryMarshal.Cast<byte, float>(into);
            for (int i = 0; i < positions.Length; i++)
            {
                var column = batch.Columns[positions[i]];
                if (!feature.TryValue(column, row, out double x) && !(double.IsNaN(x) && double.IsFinite(x = fill[i])))
                {
                    return new BadValue(feature.Columns[i], column.IsNull(row) ? "null where a number is needed" : feature.Log1p && NumericReader.Double(column, row) <= -1 ? "-1 or less, which has no log1p" : "not a finite number", RawText.Of(column, row));
                }

                float y = scaler.Scale(x, i);
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
