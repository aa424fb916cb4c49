using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// The Adam of BERT, without bias correction: m = beta1·m + (1 - beta1)·g; v = beta2·v + (1 - beta2)·g²;
/// w -= rate·(m / (sqrt(v) + epsilon) + weightDecay·w). Devlin and others, 2018.
/// </summary>
public sealed class AdamWeightDecay(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0.01) : Optimizer
{
    private readonly double _beta1 = Within("adamWeightDecay", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("adamWeightDecay", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("adamWeightDecay", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("adamWeightDecay", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("adamWeightDecay", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("adamWeightDecay", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(AdamWeightDecay o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _beta1 = (float)(update.Momentum ?? o._beta1);
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _rate = (float)update.LearningRate;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            s0 = (_beta1 * s0) + (_oneLessBeta1 * g);
            s1 = (_beta2 * s1) + (_oneLessBeta2 * g * g);
            w -= _rate * ((s0 / (Vector256.Sqrt(s1) + Vector256.Create(_epsilon))) + (_weightDecay * w));
        }
    }
}
