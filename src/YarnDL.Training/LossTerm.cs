using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>A loss of a plan: which graph output it judges, against which encoded column, with which weight.</summary>
/// <param name="Loss">What is minimised.</param>
/// <param name="Output">A graph output; for a loss of several predictions their names with commas between.</param>
/// <param name="TargetColumn">An encoded column; for a loss of several targets their names with commas between.</param>
/// <param name="Weight">Of this loss in the sum.</param>
/// <param name="RowWeightColumn">One float32 per row: how much a row counts; null: all the same.</param>
public sealed record LossTerm(Loss Loss, string Output, string TargetColumn, double Weight = 1, string? RowWeightColumn = null);
