namespace YarnDL.Nn;

/// <summary>1 - variance of the errors / variance of the targets; the mean over the columns.</summary>
public sealed class ExplainedVariance : VarianceMetric
{
    public override Spec Spec => new("explainedVariance");

    private protected override double Unexplained(double errors, double squares, double weight) => squares - (errors * errors / weight);
}
