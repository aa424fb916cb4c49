using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// Numbers to be met: float32 (1) of a number, or float32 (steps) of a list, such as the horizon of a window. Words count as their place among <see cref="Values"/>, so that two
/// classes are 0 and 1. Nulls and numbers that are not finite are bad values.
/// </summary>
public sealed class LabelValueFeature(string name, string column) : Feature(name)
{
    internal const string TypeName = "labelValue";

    public override IReadOnlyList<string> Columns { get; } = [column];

    public override bool IsLabel => true;

    /// <summary>The model learns the scaled number; metrics that ask for the label's units scale back.</summary>
    public NumericScale Scale { get; init; }

    /// <summary>Words that stand for 0, 1, ...; null = numbers.</summary>
    public IReadOnlyList<string>? Values { get; init; }

    /// <summary>Numbers of a list; 0 = the column holds a number, not a list.</summary>
    public int Steps { get; init; }

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["column"] = column };
            if (Scale != NumericScale.None)
            {
                options["scale"] = NumberScaler.Names[(int)Scale];
            }

            if (Values is not null)
            {
                options["values"] = new JsonArray([.. Values.Select(v => JsonValue.Create(v))]);
            }

            if (Steps > 0)
            {
                options["steps"] = Steps;
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    internal static LabelValueFeature Read(FeatureOptions o)
    {
        string column = o.Text("column");
        var feature = new LabelValueFeature(o.TextOr("name", column)!, column)
        {
            Scale = (NumericScale)Array.IndexOf(NumberScaler.Names, o.OneOf("scale", NumberScaler.Names) ?? "none"),
            Values = o.Texts("values"),
            Steps = (int)(o.Integer("steps", 1, 1 << 20) ?? 0),
        };
        o.Done();
        return feature.Values is null || (feature.Steps == 0 && feature.Values.Distinct(StringComparer.Ordinal).Count() == feature.Values.Count) ? feature
            : throw new DataException(DataFault.Job, "[labelValue] option 'values' names a word twice, or there are steps too; each word needs its own place, and lists hold numbers");
    }

    /// <summary>What a difference of encoded labels is multiplied by to be one of the column's own units.</summary>
    public double Unit(JsonNode? fitted) => new NumberScaler($"{TypeName} '{Name}'", Scale, 1, fitted).Unit(0);

    /// <summary>What is added then: the column's number is an encoded label times <see cref="Unit"/> plus this.</summary>
    public double Origin(JsonNode? fitted) => new NumberScaler($"{TypeName} '{Name}'", Scale, 1, fitted).Origin(0);

    public override FeatureFit? NewFit(Schema schema) => Scale == NumericScale.None ? null : new Fit(this, Position(schema));

    public override EncodedColumn Encoded(JsonNode? fitted) => new(Name, DType.Float32, new Shape(Math.Max(1, Steps)));

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) => new Encoder(this, Position(schema), new NumberScaler($"{TypeName} '{Name}'", Scale, 1, fitted));

    private int Position(Schema schema) => Values is not null ? Words.Require(schema, column, TypeName)
        : Steps > 0 ? SeriesFeature.RequireList(schema, column, TypeName)
        : NumericReader.Require(schema, column, TypeName);

    /// <summary>One of the row's numbers before scaling.</summary>
    private BadValue? Read(Column values, int row, int i, out double x)
    {
        if (Steps > 0)
        {
            return SeriesFeature.Element(values, row, i, column, out x);
        }

        x = double.NaN;
        if (values.IsNull(row))
        {
            return new BadValue(column, "null where a number is needed", null);
        }

        if (Values is not null)
        {
            int place = Words.TryRead(values, row, out string word) ? Values.Count - 1 : -1;
            while (place >= 0 && Values[place] != word)
            {
                place--;
            }

            x = place;
            return place >= 0 ? null : new BadValue(column, string.Create(CultureInfo.InvariantCulture, $"'{RawText.Of(values, row)}' is not one of the {Values.Count} values"), RawText.Of(values, row));
        }

        x = NumericReader.Double(values, row);
        return float.IsFinite((float)x) ? null : new BadValue(column, "not a finite float32 number", RawText.Of(values, row));
    }

    private sealed class Encoder(LabelValueFeature feature, int position, NumberScaler scaler) : FeatureEncoder
    {
        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = MemoryMarshal.Cast<byte, float>(into);
            if (feature.Steps > 0 && SeriesFeature.Length(batch.Columns[position], row, feature.Steps, feature.Columns[0]) is { } wrong)
            {
                return wrong;
            }

            for (int i = 0; i < values.Length; i++)
            {
                if (feature.Read(batch.Columns[position], row, i, out double x) is { } bad)
                {
                    return bad;
                }

                float y = scaler.Scale(x, 0);
                if (!float.IsFinite(y))
                {
                    return new BadValue(feature.Columns[0], "not a finite float32 number", RawText.Of(batch.Columns[position], row));
                }

                values[i] = CanonicalFloat.Of(y);
            }

            return null;
        }
    }

    private sealed class Fit(LabelValueFeature feature, int position) : FeatureFit
    {
        private readonly ColumnFit _column = new(feature.Scale, NumericFill.None);

        public override void Add(ColumnBatch batch, int row)
        {
            var values = batch.Columns[position];
            int count = feature.Steps == 0 ? 1 : values.IsNull(row) ? 0 : values.Offsets[row + 1] - values.Offsets[row];
            for (int i = 0; i < count; i++)
            {
                if (feature.Read(values, row, i, out double x) is null)
                {
                    _column.Add(x);
                }
            }
        }

        public override JsonNode Partial() => _column.Partial();

        public override void Merge(JsonNode partial) => _column.Merge(partial);

        public override JsonNode Finish() => ColumnFit.Finish([_column], feature.Scale, NumericFill.None, _ =>
            new DataException(DataFault.Input, $"[labelValue] column '{feature.Columns[0]}' has no number in any training row; a scale needs at least one"));
    }
}
