using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>A metric of a phase: which output it judges against which column.</summary>
public sealed record PhaseMetric(string Name, Metric Metric, string Output, string Column, string? WeightColumn);
