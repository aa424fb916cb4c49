using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Averaged stochastic gradient descent, PyTorch's formula, t = step: e = rate / (1 + lambda·rate·t)^alpha; g += weightDecay·w; w = w·(1 - lambda·e) - e·g;
/// the average a += (w - a) / max(1, t - start). The weights are the plain iterate, the average is state. Polyak and Juditsky, 1992.
/// </summary>
public sealed class AveragedSgd(double learningRate = 1e-2, double lambda = 1e-4, double alpha = 0.75, double start = 1e6, double weightDecay = 0) : Optimizer
{
    private readonly double _lambda = Within("asgd", "lambda", lambda, 0, double.PositiveInfinity);
    private readonly double _alpha = Within("asgd", "alpha", alpha, 0, double.PositiveInfinity);
    private readonly double _start = Within("asgd", "start", start, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("asgd", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("asgd", new()
    {
        ["learningRate"] = LearningRate,
        ["lambda"] = _lambda,
        ["alpha"] = _alpha,
        ["start"] = _start,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("asgd", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["ax"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private double Eta(in UpdateStep update) => update.LearningRate / Maths.Pow(1 + (_lambda * update.LearningRate * update.Step), _alpha);

    private readonly struct Rule(AveragedSgd o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _eta = (float)o.Eta(update);
        private readonly float _shrink = (float)(1 - (o._lambda * o.Eta(update)));
        private readonly float _mu = (float)(1 / Math.Max(1, update.Step - o._start));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            w = (w * _shrink) - (_eta * g);
            s0 = _mu == 1 ? w : s0 + (_mu * (w - s0));
        }
    }
}
