using System.Text.Json.Nodes;

namespace YarnDL.Data.Features;

/// <summary>Count, exact sum, exact sum of squares, least and greatest number, and where quantiles or modes are asked for each number's count. Not thread-safe.</summary>
internal sealed class ColumnFit(NumericScale scale, NumericFill fill)
{
    private readonly ExactSum _sum = new();
    private readonly ExactSum _squares = new();
    private readonly ValueCounts? _values = fill is NumericFill.Median or NumericFill.Mode ? new() : null;
    private readonly bool _sums = scale is NumericScale.Standard or NumericScale.Population || fill == NumericFill.Mean;
    private double _min = double.PositiveInfinity;
    private double _max = double.NegativeInfinity;

    public long Count { get; private set; }

    /// <summary>Counts a finite number in.</summary>
    public void Add(double x)
    {
        Count++;
        _min = Math.Min(_min, x);
        _max = Math.Max(_max, x);
        _values?.Add(x);
        if (_sums)
        {
            _sum.Add(x);
            _squares.AddSquare(x);
        }
    }

    public JsonNode Partial() => Count == 0 ? new JsonObject { ["count"] = 0L } : new JsonObject
    {
        ["count"] = Count,
        ["sum"] = _sum.ToString(),
        ["squares"] = _squares.ToString(),
        ["min"] = _min,
        ["max"] = _max,
        ["values"] = _values?.Partial(),
    };

    /// <exception cref="InvalidOperationException">Malformed; also NullReferenceException and FormatException.</exception>
    public void Merge(JsonNode partial)
    {
        long count = partial["count"]!.GetValue<long>();
        if (count > 0)
        {
            Count += count;
            _sum.Merge(partial["sum"]!.GetValue<string>());
            _squares.Merge(partial["squares"]!.GetValue<string>());
            _min = Math.Min(_min, partial["min"]!.GetValue<double>());
            _max = Math.Max(_max, partial["max"]!.GetValue<double>());
            _values?.Merge(partial["values"]!);
        }
    }

    /// <summary>The fitted state of some columns: one list per statistic.</summary>
    /// <param name="columns">The columns.</param>
    /// <param name="scale">Which statistics are kept.</param>
    /// <param name="fill">Which statistics are kept.</param>
    /// <param name="empty">What is thrown for a column without any number.</param>
    public static JsonObject Finish(IReadOnlyList<ColumnFit> columns, NumericScale scale, NumericFill fill, Func<int, DataException> empty)
    {
        for (int i = 0; i < columns.Count; i++)
        {
            if (columns[i].Count == 0)
            {
                throw empty(i);
            }
        }

        JsonArray Each(Func<ColumnFit, double> of) => new([.. columns.Select(c => JsonValue.Create(of(c) + 0.0))]);
        var fitted = new JsonObject();
        switch (scale)
        {
            case NumericScale.Standard or NumericScale.Population:
                fitted["mean"] = Each(c => c.Mean);
                fitted["deviation"] = Each(c => c.Deviation(scale == NumericScale.Population));
                break;
            case NumericScale.MinMax:
                fitted["min"] = Each(c => c._min);
                fitted["max"] = Each(c => c._max);
                break;
            case NumericScale.MaxAbs:
                fitted["maxAbs"] = Each(c => Math.Max(Math.Abs(c._min), Math.Abs(c._max)));
                break;
        }

        if (fill is NumericFill.Mean or NumericFill.Median or NumericFill.Mode)
        {
            fitted["fill"] = Each(c => fill switch { NumericFill.Mean => c.Mean, NumericFill.Median => c._values!.Quantiles(0.5)[0], _ => c._values!.Mode() });
        }

        return fitted;
    }

    private double Mean => ExactSum.Mean(_sum.Units, Count);

    private double Deviation(bool population) => Math.Sqrt(population ? ExactSum.PopulationVariance(_sum.Units, _squares.Units, Count) : ExactSum.Variance(_sum.Units, _squares.Units, Count));
}
