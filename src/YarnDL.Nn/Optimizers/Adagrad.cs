using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Adagrad, PyTorch's formula: g += weightDecay·w; s += g², s starts at initial; w -= rate / (1 + step·rateDecay) · g / (sqrt(s) + epsilon).
/// Duchi, Hazan and Singer, 2011. On rows of an embedding this is PyTorch's sparse Adagrad.
/// </summary>
public sealed class Adagrad(double learningRate = 1e-2, double rateDecay = 0, double weightDecay = 0, double epsilon = 1e-10, double initial = 0) : Optimizer
{
    private readonly double _rateDecay = Within("adagrad", "rateDecay", rateDecay, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("adagrad", "weightDecay", weightDecay, 0, double.PositiveInfinity);
    private readonly double _epsilon = Within("adagrad", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _initial = Within("adagrad", "initial", initial, 0, double.PositiveInfinity);

    public override Spec Spec => new("adagrad", new()
    {
        ["learningRate"] = LearningRate,
        ["rateDecay"] = _rateDecay,
        ["weightDecay"] = _weightDecay,
        ["epsilon"] = _epsilon,
        ["initial"] = _initial,
    });

    public override double LearningRate { get; } = Within("adagrad", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["sum"];

    public override bool KeepsIdle => _weightDecay == 0 && _epsilon > 0;

    public override float InitialState(int index) => (float)_initial;

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(Adagrad o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _rate = (float)(update.LearningRate / (1 + (update.Step * o._rateDecay)));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            s0 += g * g;
            w -= _rate * (g / (Vector256.Sqrt(s0) + Vector256.Create(_epsilon)));
        }
    }
}
