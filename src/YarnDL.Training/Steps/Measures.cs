using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>Losses and metrics of some rows, as sums that can be added: of a node, a step, an epoch.</summary>
public sealed class Measures(int losses, int metrics)
{
    public long Rows { get; set; }

    public double[] Numerators { get; } = new double[losses];

    public double[] Denominators { get; } = new double[losses];

    /// <summary>Null entries: nothing measured yet.</summary>
    public MetricValue[] Metrics { get; } = new MetricValue[metrics];

    /// <summary>Adds what was measured after this.</summary>
    public void Add(Measures next)
    {
        if (next.Rows == 0)
        {
            return;
        }

        Rows += next.Rows;
        for (int i = 0; i < losses; i++)
        {
            Numerators[i] += next.Numerators[i];
            Denominators[i] += next.Denominators[i];
        }

        for (int i = 0; i < metrics; i++)
        {
            Metrics[i] = Metrics[i] is { } left ? MetricValue.Merge(left, next.Metrics[i]) : next.Metrics[i];
        }
    }

    /// <summary>The numbers that are shown: the weighted loss, each loss where there are several, and the metrics.</summary>
    public SortedDictionary<string, double> Values(Phase phase, string prefix = "")
    {
        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        if (Rows == 0)
        {
            return values;
        }

        double total = 0;
        for (int i = 0; i < losses; i++)
        {
            double loss = Numerators[i] / Denominators[i];
            total += phase.Losses[i].Weight * loss;
            if (losses > 1)
            {
                values[prefix + phase.Losses[i].Name] = loss;
            }
        }

        values[prefix + "loss"] = total;
        for (int i = 0; i < metrics; i++)
        {
            values.TryAdd(prefix + phase.Metrics[i].Name, phase.Metrics[i].Metric.Result(Metrics[i]));
        }

        return values;
    }
}
