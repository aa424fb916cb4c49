using System.Text.Json.Nodes;
using YarnDL.Data.Rows;

namespace YarnDL.Data.Features;

/// <summary>Count, exact sum, exact sum of squares, least and greatest value of each column of a <see cref="NumericFeature"/>.</summary>
internal sealed class NumericFit(NumericFeature feature, int[] positions) : FeatureFit
{
    private readonly ColumnFit[] _columns = [.. positions.Select(_ => new ColumnFit())];

    public override void Add(ColumnBatch batch, int row)
    {
        for (int i = 0; i < positions.Length; i++)
        {
            if (feature.TryValue(batch.Columns[positions[i]], row, out double x))
            {
                var c = _columns[i];
                c.Count++;
                c.Min = Math.Min(c.Min, x);
                c.Max = Math.Max(c.Max, x);
                if (feature.Scale == NumericScale.Standard)
                {
                    c.Sum.Add(x);
                    c.Squares.AddSquare(x);
                }
            }
        }
    }

    public override JsonNode Partial()
    {
        var all = new JsonArray();
        foreach (var c in _columns)
        {
            all.Add(c.Count == 0 ? new JsonObject { ["count"] = 0L } : new JsonObject { ["count"] = c.Count, ["sum"] = c.Sum.ToString(), ["squares"] = c.Squares.ToString(), ["min"] = c.Min, ["max"] = c.Max });
        }

        return all;
    }

    public override void Merge(JsonNode partial)
    {
        try
        {
            var all = partial.AsArray();
            for (int i = 0; i < _columns.Length; i++)
            {
                var (c, p) = (_columns[i], all[i]!);
                long count = p["count"]!.GetValue<long>();
                if (count > 0)
                {
                    c.Count += count;
                    c.Sum.Merge(p["sum"]!.GetValue<string>());
                    c.Squares.Merge(p["squares"]!.GetValue<string>());
                    c.Min = Math.Min(c.Min, p["min"]!.GetValue<double>());
                    c.Max = Math.Max(c.Max, p["max"]!.GetValue<double>());
                }
            }
        }
        catch (Exception e) when (e is InvalidOperationException or FormatException or NullReferenceException or ArgumentException)
        {
            throw new DataException(DataFault.Input, $"[numeric] the partial fit of feature '{feature.Name}' is malformed: {e.Message}", e);
        }
    }

    public override JsonNode Finish()
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            if (_columns[i].Count == 0)
            {
                throw new DataException(DataFault.Input, $"[numeric] column '{feature.Columns[i]}' has no number in any training row; a scale needs at least one; leave the column out or set fill");
            }
        }

        return feature.Scale switch
        {
            NumericScale.Standard => new JsonObject
            {
                ["mean"] = Each(c => ExactSum.Mean(c.Sum.Units, c.Count)),
                ["deviation"] = Each(c => Math.Sqrt(ExactSum.Variance(c.Sum.Units, c.Squares.Units, c.Count))),
            },
            NumericScale.MinMax => new JsonObject { ["min"] = Each(c => c.Min), ["max"] = Each(c => c.Max) },
            _ => new JsonObject { ["maxAbs"] = Each(c => Math.Max(Math.Abs(c.Min), Math.Abs(c.Max))) },
        };
    }

    private JsonArray Each(Func<ColumnFit, double> of)
    {
        var all = new JsonArray();
        foreach (var c in _columns)
        {
            all.Add(of(c) + 0.0);
        }

        return all;
    }

    private sealed class ColumnFit
    {
        public long Count;
        public readonly ExactSum Sum = new();
        public readonly ExactSum Squares = new();
        public double Min = double.PositiveInfinity;
        public double Max = double.NegativeInfinity;
    }
}
