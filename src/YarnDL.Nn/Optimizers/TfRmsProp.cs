using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// RMSprop, Keras' formula, epsilon under the root: v = rho·v + (1 - rho)·g²; centered: a = rho·a + (1 - rho)·g and v less a²;
/// b = momentum·b + rate·g / sqrt(v + epsilon); w -= b.
/// </summary>
public sealed class TfRmsProp(double learningRate = 1e-3, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false) : Optimizer
{
    private readonly double _rho = Within("tfRmsprop", "rho", rho, 0, 1);
    private readonly double _momentum = Within("tfRmsprop", "momentum", momentum, 0, double.PositiveInfinity);
    private readonly double _epsilon = Within("tfRmsprop", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly bool _centered = centered;

    public override Spec Spec => new("tfRmsprop", new()
    {
        ["learningRate"] = LearningRate,
        ["rho"] = _rho,
        ["momentum"] = _momentum,
        ["epsilon"] = _epsilon,
        ["centered"] = _centered,
    });

    public override double LearningRate { get; } = Within("tfRmsprop", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["rms", "mg", "momentum"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(TfRmsProp o, in UpdateStep update) : IUpdateRule
    {
        private readonly bool _centered = o._centered;
        private readonly float _rho = (float)o._rho;
        private readonly float _oneLessRho = (float)(1 - o._rho);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _momentum = (float)(update.Momentum ?? o._momentum);
        private readonly float _rate = (float)update.LearningRate;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            s0 = (_rho * s0) + (_oneLessRho * g * g);
            Vector256<float> v = s0;
            if (_centered)
            {
                s1 = (_rho * s1) + (_oneLessRho * g);
                v = Vector256.Max(s0 - (s1 * s1), Vector256<float>.Zero);
            }

            s2 = (_momentum * s2) + (_rate * g / Vector256.Sqrt(v + Vector256.Create(_epsilon)));
            w -= s2;
        }
    }
}
