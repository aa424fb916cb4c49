using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>The values of a run by name: losses and metrics of one phase as they are; of several phases under the phase's name, with the sum of their losses.</summary>
internal static class Measured
{
    /// <summary>The values of all phases.</summary>
    public static SortedDictionary<string, double> Values(IReadOnlyList<Phase> phases, IReadOnlyList<Measures> measures, string prefix = "")
    {
        if (phases.Count == 1)
        {
            return measures[0].Values(phases[0], prefix);
        }

        var values = new SortedDictionary<string, double>(StringComparer.Ordinal);
        double total = 0;
        for (int p = 0; p < phases.Count; p++)
        {
            foreach ((string name, double value) in measures[p].Values(phases[p]))
            {
                values[$"{prefix}{phases[p].Name}_{name}"] = value;
                total += name == "loss" ? value : 0;
            }
        }

        values[prefix + "loss"] = total;
        return values;
    }

    /// <summary>The names that <see cref="Values"/> gives, without prefix.</summary>
    public static IEnumerable<string> Names(IReadOnlyList<Phase> phases)
    {
        yield return "loss";
        foreach (Phase p in phases)
        {
            string prefix = phases.Count == 1 ? "" : p.Name + "_";
            yield return prefix + "loss";
            foreach (string name in p.Metrics.Select(m => m.Name).Concat(p.Losses.Count > 1 ? p.Losses.Select(l => l.Name) : []))
            {
                yield return prefix + name;
            }
        }
    }

    /// <summary>The first metric with its name and direction; null when there is none.</summary>
    public static (string Name, bool HigherIsBetter)? Metric(IReadOnlyList<Phase> phases, string? name = null)
    {
        foreach (Phase p in phases)
        {
            foreach (PhaseMetric m in p.Metrics)
            {
                string full = phases.Count == 1 ? m.Name : $"{p.Name}_{m.Name}";
                if (name is null || name == full)
                {
                    return (full, m.Metric.HigherIsBetter);
                }
            }
        }

        return null;
    }
}
