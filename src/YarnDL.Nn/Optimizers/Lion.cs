using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Lion: w -= rate·(sign(beta1·m + (1 - beta1)·g) + weightDecay·w); m = beta2·m + (1 - beta2)·g; sign(0) = 0. Chen and others, 2023.
/// </summary>
public sealed class Lion(double learningRate = 1e-4, double beta1 = 0.9, double beta2 = 0.99, double weightDecay = 0) : Optimizer
{
    private readonly double _beta1 = Within("lion", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("lion", "beta2", beta2, 0, 1);
    private readonly double _weightDecay = Within("lion", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("lion", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("lion", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(Lion o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _beta1 = (float)(update.Momentum ?? o._beta1);
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _rate = (float)update.LearningRate;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            Vector256<float> direction = ElementwiseUpdate.Sign((_beta1 * s0) + (_oneLessBeta1 * g));
            w -= _rate * (direction + (_weightDecay * w));
            s0 = (_beta2 * s0) + (_oneLessBeta2 * g);
        }
    }
}
