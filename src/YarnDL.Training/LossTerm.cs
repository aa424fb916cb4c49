using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>A loss of a plan: which graph output it judges, against which encoded column, with which weight.</summary>
/// <param name="Loss">What is minimised.</param>
/// <param name="Output">A graph output; for a loss of several predictions their names with commas between.</param>
/// <param name="TargetColumn">An encoded column; for a loss of several targets their names with commas between.</param>
/// <param name="Weight">Of this loss in the sum.</param>
/// <param name="RowWeightColumn">One float32 per row: how much a row counts; null: all the same.</param>
public sealed record LossTerm(Loss Loss, string Output, string TargetColumn, double Weight = 1, string? RowWeightColumn = null)
{
    /// <summary>Judges against one number, the same for all rows, instead of a column: 1 for what is to be taken for real. A loss of classes takes it as a class.</summary>
    public LossTerm(Loss loss, string output, double targetValue, double weight = 1, string? rowWeightColumn = null) : this(loss, output, "", weight, rowWeightColumn) => TargetValue = targetValue;

    /// <summary>The number that all rows are judged against; null: the column is.</summary>
    public double? TargetValue { get; init; }
}
