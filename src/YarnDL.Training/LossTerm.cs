using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>A loss of a plan: which graph output it judges, against which encoded column, with which weight.</summary>
public sealed record LossTerm(Loss Loss, string Output, string TargetColumn, double Weight = 1, string? RowWeightColumn = null);
