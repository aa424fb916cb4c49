using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Features;

/// <summary>
/// The numbers of a window: float32 (steps, columns + 2 · cycles). Each column is scaled by the training windows' numbers; each cycle adds sine and cosine of the time of
/// hour, day (UTC), week (from Monday) or year (365.2425 days). Nulls and numbers that are not finite are bad values.
/// </summary>
public sealed class SeriesFeature : Feature
{
    internal const string TypeName = "series";

    private static readonly string[] CycleNames = ["hour", "day", "week", "year"];
    private const long Hour = 3_600_000_000;
    private const long Day = 24 * Hour;

    /// <summary>1970-01-01 was a Thursday.</summary>
    private const long FirstMonday = 4 * Day;

    /// <param name="name">Of the encoded column.</param>
    /// <param name="columns">Lists of numbers: columns of the source, as windows.</param>
    /// <param name="steps">Rows in a window; 0 = not known yet.</param>
    /// <exception cref="DataException">Neither columns nor cycles, or cycles without time.</exception>
    public SeriesFeature(string name, IReadOnlyList<string> columns, int steps) : base(name) => (Numbers, Steps) = ([.. columns], steps);

    public override IReadOnlyList<string> Columns => Time is null ? Numbers : [.. Numbers, Time];

    /// <summary>The columns of numbers.</summary>
    public IReadOnlyList<string> Numbers { get; }

    /// <summary>Rows in a window.</summary>
    public int Steps { get; }

    public NumericScale Scale { get; init; }

    /// <summary>A column of timestamps, for <see cref="Cycles"/>.</summary>
    public string? Time { get; init; }

    /// <summary>hour, day, week, year.</summary>
    public IReadOnlyList<string> Cycles { get; init; } = [];

    public override FeatureSpec Spec
    {
        get
        {
            var options = new JsonObject { ["name"] = Name, ["columns"] = new JsonArray([.. Numbers.Select(c => JsonValue.Create(c))]), ["steps"] = Steps, ["scale"] = NumberScaler.Names[(int)Scale] };
            if (Time is not null)
            {
                options["time"] = Time;
                options["cycles"] = new JsonArray([.. Cycles.Select(c => JsonValue.Create(c))]);
            }

            return new FeatureSpec(TypeName, options);
        }
    }

    internal static SeriesFeature Read(FeatureOptions o)
    {
        var columns = o.Texts("columns") ?? [];
        var feature = new SeriesFeature(o.TextOr("name", "series")!, columns, (int)(o.Integer("steps", 1, 1 << 20) ?? 0))
        {
            Scale = (NumericScale)Array.IndexOf(NumberScaler.Names, o.OneOf("scale", NumberScaler.Names) ?? "none"),
            Time = o.TextOr("time", null),
            Cycles = o.Texts("cycles") ?? [],
        };
        o.Done();
        if (feature.Cycles.FirstOrDefault(c => !CycleNames.Contains(c)) is { } unknown)
        {
            throw new DataException(DataFault.Job, $"[series] there is no cycle '{unknown}'; cycles are {string.Join(", ", CycleNames)}");
        }

        return columns.Count + feature.Cycles.Count > 0 && feature.Time is null == (feature.Cycles.Count == 0) ? feature
            : throw new DataException(DataFault.Job, $"[series] feature '{feature.Name}' has {columns.Count} columns and {feature.Cycles.Count} cycles, time is {feature.Time ?? "missing"}; it needs columns, or time with cycles");
    }

    public override FeatureFit? NewFit(Schema schema) => Scale == NumericScale.None || Numbers.Count == 0 ? null : new Fit(this, Positions(schema));

    public override EncodedColumn Encoded(JsonNode? fitted) => Steps > 0 ? new(Name, DType.Float32, new Shape(Steps, Numbers.Count + (2 * Cycles.Count)))
        : throw new DataException(DataFault.Job, $"[series] feature '{Name}' does not know the length of its windows; set data.series in the job, or steps");

    public override FeatureEncoder Bind(Schema schema, JsonNode? fitted) =>
        new Encoder(this, Positions(schema), Time is null ? -1 : RequireTime(schema), new NumberScaler($"{TypeName} '{Name}'", Scale, Numbers.Count, fitted));

    /// <summary>Position of a list of numbers.</summary>
    internal static int RequireList(Schema schema, string column, string feature)
    {
        int i = schema.IndexOf(column);
        return schema.Fields[i] is { Type: ColumnType.List } f && NumericReader.IsNumber(f.Children![0].Type) ? i
            : throw new DataException(DataFault.Input, $"[{feature}] column '{column}' is {NumericReader.TypeName(schema.Fields[i])}; a list of numbers is needed, such as windows of a numeric column (data.series)");
    }

    /// <summary>A number of a list, or what is wrong with it.</summary>
    internal static BadValue? Element(Column list, int row, int index, string column, out double value)
    {
        var elements = list.Children[0];
        int at = list.Offsets[row] + index;
        value = elements.IsNull(at) ? double.NaN : NumericReader.Double(elements, at);
        return double.IsFinite(value) ? null : new BadValue(column, FormattableString.Invariant($"element {index} is null or not finite"), RawText.Of(elements, at));
    }

    /// <summary>Null when a list has the wanted length.</summary>
    internal static BadValue? Length(Column list, int row, int steps, string column) => list.IsNull(row) ? new BadValue(column, "null where a list is needed", null)
        : list.Offsets[row + 1] - list.Offsets[row] is var n && n == steps ? null : new BadValue(column, FormattableString.Invariant($"{n} elements, {steps} are needed"), null);

    private int[] Positions(Schema schema) => [.. Numbers.Select(c => RequireList(schema, c, TypeName))];

    private int RequireTime(Schema schema)
    {
        int i = schema.IndexOf(Time!);
        return schema.Fields[i] is { Type: ColumnType.List } f && f.Children![0].Type is ColumnType.Timestamp or ColumnType.Date ? i
            : throw new DataException(DataFault.Input, $"[series] column '{Time}' is {NumericReader.TypeName(schema.Fields[i])}; cycles need windows of a timestamp or date column (data.series)");
    }

    /// <summary>How far a moment (microseconds since 1970) is within a cycle, 0 to below 1.</summary>
    private static double Phase(string cycle, long moment)
    {
        (long start, long period) = cycle switch { "hour" => (0, Hour), "day" => (0, Day), "week" => (FirstMonday, 7 * Day), _ => (0L, (long)(365.2425 * Day)) };
        long within = (moment - start) % period;
        return (double)(within < 0 ? within + period : within) / period;
    }

    private sealed class Encoder(SeriesFeature feature, int[] positions, int time, NumberScaler scaler) : FeatureEncoder
    {
        private readonly int _width = positions.Length + (2 * feature.Cycles.Count);

        public override BadValue? Encode(ColumnBatch batch, int row, Span<byte> into)
        {
            var values = MemoryMarshal.Cast<byte, float>(into);
            for (int c = 0; c < positions.Length; c++)
            {
                var list = batch.Columns[positions[c]];
                if (Length(list, row, feature.Steps, feature.Numbers[c]) is { } wrong)
                {
                    return wrong;
                }

                for (int i = 0; i < feature.Steps; i++)
                {
                    if (Element(list, row, i, feature.Numbers[c], out double x) is { } bad)
                    {
                        return bad;
                    }

                    float y = scaler.Scale(x, c);
                    if (!float.IsFinite(y))
                    {
                        return new BadValue(feature.Numbers[c], "too large for float32", null);
                    }

                    values[(i * _width) + c] = CanonicalFloat.Of(y);
                }
            }

            return time < 0 ? null : EncodeTime(batch.Columns[time], row, values);
        }

        private BadValue? EncodeTime(Column list, int row, Span<float> values)
        {
            if (Length(list, row, feature.Steps, feature.Time!) is { } wrong)
            {
                return wrong;
            }

            for (int i = 0; i < feature.Steps; i++)
            {
                int at = list.Offsets[row] + i;
                if (list.Children[0].IsNull(at) || !NumericReader.TryInteger(list.Children[0], at, out Int128 moment))
                {
                    return new BadValue(feature.Time!, FormattableString.Invariant($"element {i} is null"), null);
                }

                long microseconds = (long)moment * (list.Children[0].Field.Type == ColumnType.Date ? Day : 1);
                for (int k = 0; k < feature.Cycles.Count; k++)
                {
                    double angle = 2 * Math.PI * Phase(feature.Cycles[k], microseconds);
                    values[(i * _width) + positions.Length + (2 * k)] = CanonicalFloat.Of((float)Maths.Sin(angle));
                    values[(i * _width) + positions.Length + (2 * k) + 1] = CanonicalFloat.Of((float)Maths.Cos(angle));
                }
            }

            return null;
        }
    }

    private sealed class Fit(SeriesFeature feature, int[] positions) : FeatureFit
    {
        private readonly ColumnFit[] _columns = [.. positions.Select(_ => new ColumnFit(feature.Scale, NumericFill.None))];

        public override void Add(ColumnBatch batch, int row)
        {
            for (int c = 0; c < positions.Length; c++)
            {
                var list = batch.Columns[positions[c]];
                for (int i = 0; !list.IsNull(row) && i < list.Offsets[row + 1] - list.Offsets[row]; i++)
                {
                    if (Element(list, row, i, "", out double x) is null)
                    {
                        _columns[c].Add(x);
                    }
                }
            }
        }

        public override JsonNode Partial() => new JsonArray([.. _columns.Select(c => c.Partial())]);

        public override void Merge(JsonNode partial)
        {
            for (int c = 0; c < _columns.Length; c++)
            {
                _columns[c].Merge(partial.AsArray()[c]!);
            }
        }

        public override JsonNode Finish() => ColumnFit.Finish(_columns, feature.Scale, NumericFill.None, i =>
            new DataException(DataFault.Input, $"[series] column '{feature.Numbers[i]}' has no number in any training window; a scale needs at least one"));
    }
}
