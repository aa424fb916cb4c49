using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Layer-wise adaptive rates: v = momentum·v + rate·trust·|w| / (|g| + weightDecay·|w| + epsilon)·(g + weightDecay·w); w -= v. Norms per tensor; the factor is 1
/// where |w| or the divisor is 0. You, Gitman and Ginsburg, 2017.
/// </summary>
public sealed class Lars(double learningRate, double momentum = 0.9, double weightDecay = 1e-4, double trust = 1e-3, double epsilon = 0) : NormOptimizer
{
    private readonly double _momentum = Within("lars", "momentum", momentum, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("lars", "weightDecay", weightDecay, 0, double.PositiveInfinity);
    private readonly double _trust = Within("lars", "trust", trust, 0, double.PositiveInfinity);
    private readonly double _epsilon = Within("lars", "epsilon", epsilon, 0, double.PositiveInfinity);

    public override Spec Spec => new("lars", new()
    {
        ["learningRate"] = LearningRate,
        ["momentum"] = _momentum,
        ["weightDecay"] = _weightDecay,
        ["trust"] = _trust,
        ["epsilon"] = _epsilon,
    });

    public override double LearningRate { get; } = Within("lars", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["momentum_buffer"];

    public override int Norms => 2;

    public override void Measure(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, Span<double> squares)
    {
        squares[0] = Squares(weights);
        squares[1] = Squares(gradient);
    }

    public override void Finish(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, ReadOnlySpan<double> norms)
    {
        double decay = update.WeightDecay ?? _weightDecay;
        double divisor = norms[1] + (decay * norms[0]) + _epsilon;
        double factor = norms[0] > 0 && divisor > 0 ? _trust * norms[0] / divisor : 1;
        ElementwiseUpdate.Run(new Rule((float)decay, (float)(update.Momentum ?? _momentum), (float)(update.LearningRate * factor)), weights, gradient, state);
    }

    private readonly struct Rule(float weightDecay, float momentum, float rate) : IUpdateRule
    {
        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            s0 = (momentum * s0) + (rate * (g + (weightDecay * w)));
            w -= s0;
        }
    }
}
