using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Adadelta, PyTorch's formula: g += weightDecay·w; v = rho·v + (1 - rho)·g²; d = sqrt(a + epsilon) / sqrt(v + epsilon)·g;
/// a = rho·a + (1 - rho)·d²; w -= rate·d. Zeiler, 2012.
/// </summary>
public sealed class Adadelta(double learningRate = 1, double rho = 0.9, double epsilon = 1e-6, double weightDecay = 0) : Optimizer
{
    private readonly double _rho = Within("adadelta", "rho", rho, 0, 1);
    private readonly double _epsilon = Within("adadelta", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("adadelta", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("adadelta", new()
    {
        ["learningRate"] = LearningRate,
        ["rho"] = _rho,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("adadelta", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["square_avg", "acc_delta"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(Adadelta o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _rho = (float)o._rho;
        private readonly float _oneLessRho = (float)(1 - o._rho);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _rate = (float)update.LearningRate;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            s0 = (_rho * s0) + (_oneLessRho * g * g);
            Vector256<float> epsilon = Vector256.Create(_epsilon);
            Vector256<float> d = Vector256.Sqrt(s1 + epsilon) / Vector256.Sqrt(s0 + epsilon) * g;
            s1 = (_rho * s1) + (_oneLessRho * d * d);
            w -= _rate * d;
        }
    }
}
