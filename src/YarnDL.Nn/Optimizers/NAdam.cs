using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Adam with Nesterov momentum, PyTorch's formula, t = step + 1: mu(t) = beta1·(1 - 0.96^(t·momentumDecay) / 2), M(t) the product of mu(1..t);
/// m and v as in <see cref="Adam"/>, d = sqrt(v / (1 - beta2^t)) + epsilon; w -= rate·((1 - mu(t)) / (1 - M(t))·g + mu(t+1) / (1 - M(t+1))·m) / d.
/// Weight decay is added to the gradient, or decoupled. Dozat, 2016.
/// </summary>
public sealed class NAdam(double learningRate = 2e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0, double momentumDecay = 4e-3, bool decoupled = false) : Optimizer
{
    private readonly double _beta1 = Within("nadam", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("nadam", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("nadam", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("nadam", "weightDecay", weightDecay, 0, double.PositiveInfinity);
    private readonly double _momentumDecay = Within("nadam", "momentumDecay", momentumDecay, 0, double.PositiveInfinity);
    private readonly bool _decoupled = decoupled;

    public override Spec Spec => new("nadam", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
        ["momentumDecay"] = _momentumDecay,
        ["decoupled"] = _decoupled,
    });

    public override double LearningRate { get; } = Within("nadam", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private double Mu(long t) => _beta1 * (1 - (0.5 * Maths.Pow(0.96, t * _momentumDecay)));

    /// <summary>mu(1)·..·mu(t); once it is below 1e-30 the rest does not change 1 - M.</summary>
    private double Product(long t)
    {
        double product = 1;
        for (long i = 1; i <= t && product > 1e-30; i++)
        {
            product *= Mu(i);
        }

        return product;
    }

    private readonly struct Rule(NAdam o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = o._decoupled ? 0 : (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _shrink = o._decoupled ? (float)(1 - (update.LearningRate * (update.WeightDecay ?? o._weightDecay))) : 1;
        private readonly float _oneLessBeta1 = (float)(1 - o._beta1);
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _correction2 = (float)(1 - IntegerPower.Of(o._beta2, update.Step + 1));
        private readonly float _ofGradient = (float)(update.LearningRate * (1 - o.Mu(update.Step + 1)) / (1 - o.Product(update.Step + 1)));
        private readonly float _ofMean = (float)(update.LearningRate * o.Mu(update.Step + 2) / (1 - (o.Product(update.Step + 1) * o.Mu(update.Step + 2))));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            w *= _shrink;
            g += _weightDecay * w;
            s0 += _oneLessBeta1 * (g - s0);
            s1 = (_beta2 * s1) + (_oneLessBeta2 * g * g);
            Vector256<float> d = Vector256.Sqrt(s1 / _correction2) + Vector256.Create(_epsilon);
            w -= ((_ofGradient * g) + (_ofMean * s0)) / d;
        }
    }
}
