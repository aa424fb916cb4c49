using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>A metric of a plan: which graph output it judges, against which encoded column.</summary>
/// <param name="Metric">What is measured.</param>
/// <param name="Output">A graph output; empty: that of the phase's first loss.</param>
/// <param name="TargetColumn">An encoded column; empty: what a loss of the phase judges this output against.</param>
public sealed record MetricTerm(Metric Metric, string Output = "", string TargetColumn = "")
{
    /// <summary>As it is shown, and as a gate or a checkpoint calls it; null: the metric's name, behind the output's where one is named.</summary>
    public string? Name { get; init; }

    /// <summary>How it is shown.</summary>
    public string Shown => Name ?? (Output.Length > 0 ? $"{Output}_{Metric.Name}" : Metric.Name);

    /// <summary>A metric on the output and target of the first loss.</summary>
    public static implicit operator MetricTerm(Metric metric) => new(metric);
}
