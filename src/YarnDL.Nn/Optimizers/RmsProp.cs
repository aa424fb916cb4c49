using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// RMSprop, PyTorch's formula: g += weightDecay·w; v = alpha·v + (1 - alpha)·g²; centered: a += (1 - alpha)·(g - a) and v less a²;
/// d = g / (sqrt(v) + epsilon); with momentum b = momentum·b + d and w -= rate·b, else w -= rate·d. Tieleman and Hinton, 2012; Graves, 2013.
/// </summary>
public sealed class RmsProp(double learningRate = 1e-2, double alpha = 0.99, double epsilon = 1e-8, double weightDecay = 0, double momentum = 0, bool centered = false) : Optimizer
{
    private readonly double _alpha = Within("rmsprop", "alpha", alpha, 0, 1);
    private readonly double _epsilon = Within("rmsprop", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("rmsprop", "weightDecay", weightDecay, 0, double.PositiveInfinity);
    private readonly double _momentum = Within("rmsprop", "momentum", momentum, 0, double.PositiveInfinity);
    private readonly bool _centered = centered;

    public override Spec Spec => new("rmsprop", new()
    {
        ["learningRate"] = LearningRate,
        ["alpha"] = _alpha,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
        ["momentum"] = _momentum,
        ["centered"] = _centered,
    });

    public override double LearningRate { get; } = Within("rmsprop", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["square_avg", .. _momentum == 0 ? (string[])[] : ["momentum_buffer"], .. _centered ? (string[])["grad_avg"] : []];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(RmsProp o, in UpdateStep update) : IUpdateRule
    {
        private readonly bool _centered = o._centered;
        private readonly bool _momentumFirst = o._momentum != 0;
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _alpha = (float)o._alpha;
        private readonly float _oneLessAlpha = (float)(1 - o._alpha);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _momentum = (float)(o._momentum == 0 ? 0 : update.Momentum ?? o._momentum);
        private readonly float _rate = (float)update.LearningRate;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            s0 = (_alpha * s0) + (_oneLessAlpha * g * g);
            Vector256<float> v = s0;
            if (_centered)
            {
                ref Vector256<float> mean = ref _momentumFirst ? ref s2 : ref s1;
                mean += _oneLessAlpha * (g - mean);
                v = Vector256.Max(s0 - (mean * mean), Vector256<float>.Zero);
            }

            Vector256<float> d = g / (Vector256.Sqrt(v) + Vector256.Create(_epsilon));
            if (_momentumFirst)
            {
                s1 = (_momentum * s1) + d;
                d = s1;
            }

            w -= _rate * d;
        }
    }
}
