namespace YarnDL.Nn;

/// <summary>1 - sum of squared errors / sum of squared distances of the targets from their mean; the mean over the columns.</summary>
public sealed class R2 : VarianceMetric
{
    public override Spec Spec => new("r2");

    private protected override double Unexplained(double errors, double squares, double weight) => squares;
}
