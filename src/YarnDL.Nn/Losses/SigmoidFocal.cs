namespace YarnDL.Nn;

/// <summary>
/// alpha(t)·(1 - p(t))^gamma·binary cross entropy of logits, p(t) = p where t is 1 and 1 - p where it is 0, alpha(t) likewise (below 0: none); the mean over all elements. Lin and others, 2017.
/// </summary>
public sealed class SigmoidFocal(double alpha = 0.25, double gamma = 2) : PairLoss
{
    private readonly double _gamma = gamma >= 0 ? gamma : throw new SpecException($"[focal] gamma is {gamma}; it must be at least 0", "gamma");

    public override Spec Spec => new("focal", new() { ["alpha"] = alpha, ["gamma"] = _gamma });

    private protected override Term Of(Term p, Term t)
    {
        Term probability = p.Of("Sigmoid");
        Term entropy = ((1 - t) * p) + (-p).Softplus();
        Term wrong = (probability * (1 - t)) + ((1 - probability) * t);
        Term loss = entropy * wrong.Pow(_gamma);
        return alpha < 0 ? loss : loss * ((alpha * t) + ((1 - alpha) * (1 - t)));
    }
}
