namespace YarnDL.Nn;

/// <summary>
/// max(0, margin - p·t), t = -1 or 1; the mean over all elements.
/// </summary>
public sealed class Hinge(double margin = 1) : PairLoss
{
    public override Spec Spec => new("hinge", new() { ["margin"] = margin });

    private protected override Term Of(Term p, Term t) => (margin - (p * t)).Relu();
}
