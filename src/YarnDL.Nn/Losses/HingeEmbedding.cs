namespace YarnDL.Nn;

/// <summary>
/// x where t is 1, max(0, margin - x) where t is -1; the mean over all elements.
/// </summary>
public sealed class HingeEmbedding(double margin = 1) : PairLoss
{
    public override Spec Spec => new("hingeEmbedding", new() { ["margin"] = margin });

    private protected override Term Of(Term p, Term t) => Term.If(t.With("Greater", 0), p, (margin - p).Relu());
}
