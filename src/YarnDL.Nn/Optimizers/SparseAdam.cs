using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Adam for rows of an embedding, PyTorch's formula, t = step + 1 counts all steps: m and v as in <see cref="Adam"/>;
/// w -= rate·sqrt(1 - beta2^t) / (1 - beta1^t) · m / (sqrt(v) + epsilon). Rows without gradient keep weight and moments: see <see cref="Optimizer.UpdateRows"/>.
/// </summary>
public sealed class SparseAdam(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-8) : Optimizer
{
    private readonly double _beta1 = Within("sparseAdam", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("sparseAdam", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("sparseAdam", "epsilon", epsilon, 0, double.PositiveInfinity);

    public override Spec Spec => new("sparseAdam", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
    });

    public override double LearningRate { get; } = Within("sparseAdam", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    public override bool WantsRows => true;

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(SparseAdam o, in UpdateStep update) : IUpdateRule
    {
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _stepSize = (float)(update.LearningRate * Math.Sqrt(1 - IntegerPower.Of(o._beta2, update.Step + 1)) / (1 - IntegerPower.Of(update.Momentum ?? o._beta1, update.Step + 1)));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            s0 += _oneLessBeta1 * (g - s0);
            s1 += _oneLessBeta2 * ((g * g) - s1);
            w -= _stepSize * (s0 / (Vector256.Sqrt(s1) + Vector256.Create(_epsilon)));
        }
    }
}
