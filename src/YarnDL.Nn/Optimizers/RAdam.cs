using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Rectified Adam, PyTorch's formula, t = step + 1: m and v as in <see cref="Adam"/>; rho = 2 / (1 - beta2) - 1, rho(t) = rho - 2·t·beta2^t / (1 - beta2^t);
/// while rho(t) is at most 5: w -= rate·m / (1 - beta1^t), then times
/// r·sqrt(1 - beta2^t) / (sqrt(v) + epsilon), r = sqrt((rho(t) - 4)·(rho(t) - 2)·rho / ((rho - 4)·(rho - 2)·rho(t))). Liu and others, 2020.
/// </summary>
public sealed class RAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8, double weightDecay = 0) : Optimizer
{
    private readonly double _beta1 = Within("radam", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("radam", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("radam", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("radam", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("radam", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("radam", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    /// <summary>r·sqrt(1 - beta2^t); 0 while the variance is not tractable.</summary>
    private double Rectified(long t)
    {
        double power = IntegerPower.Of(_beta2, t);
        double rho = (2 / (1 - _beta2)) - 1;
        double now = rho - (2 * t * power / (1 - power));
        return now > 5 ? Math.Sqrt((now - 4) * (now - 2) * rho / ((rho - 4) * (rho - 2) * now)) * Math.Sqrt(1 - power) : 0;
    }

    private readonly struct Rule(RAdam o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _rectified = (float)o.Rectified(update.Step + 1);
        private readonly float _stepSize = (float)(update.LearningRate / (1 - IntegerPower.Of(update.Momentum ?? o._beta1, update.Step + 1)));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            g += _weightDecay * w;
            s0 += _oneLessBeta1 * (g - s0);
            s1 = (_beta2 * s1) + (_oneLessBeta2 * g * g);
            Vector256<float> step = _stepSize * s0;
            w -= _rectified == 0 ? step : step * _rectified / (Vector256.Sqrt(s1) + Vector256.Create(_epsilon));
        }
    }
}
