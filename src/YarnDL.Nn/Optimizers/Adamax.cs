using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Adamax, PyTorch's formula, t = step + 1: g += weightDecay·w; m += (1 - beta1)·(g - m); u = max(beta2·u, |g| + epsilon);
/// w -= rate / (1 - beta1^t) · m / u. Kingma and Ba, 2015, section 7.
/// </summary>
public sealed class Adamax(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0) : Optimizer
{
    private readonly double _beta1 = Within("adamax", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("adamax", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("adamax", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("adamax", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("adamax", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("adamax", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_inf"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(Adamax o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _stepSize = (float)(update.LearningRate / (1 - IntegerPower.Of(update.Momentum ?? o._beta1, update.Step + 1)));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            s0 += _oneLessBeta1 * (g - s0);
            s1 = Vector256.Max(_beta2 * s1, Vector256.Abs(g) + Vector256.Create(_epsilon));
            w -= _stepSize * (s0 / s1);
        }
    }
}
