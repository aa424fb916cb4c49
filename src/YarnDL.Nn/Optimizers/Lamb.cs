using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Layer-wise adaptive Adam, t = step + 1: m and v as in <see cref="Adam"/>; u = m / (1 - beta1^t) / (sqrt(v / (1 - beta2^t)) + epsilon) + weightDecay·w;
/// w -= rate·|w| / |u|·u. Norms per tensor; the quotient is 1 where either is 0. You and others, 2019.
/// </summary>
public sealed class Lamb(double learningRate = 1e-3, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-6, double weightDecay = 0) : NormOptimizer
{
    private readonly double _beta1 = Within("lamb", "beta1", beta1, 0, 1);
    private readonly double _beta2 = Within("lamb", "beta2", beta2, 0, 1);
    private readonly double _epsilon = Within("lamb", "epsilon", epsilon, 0, double.PositiveInfinity);
    private readonly double _weightDecay = Within("lamb", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("lamb", new()
    {
        ["learningRate"] = LearningRate,
        ["beta1"] = _beta1,
        ["beta2"] = _beta2,
        ["epsilon"] = _epsilon,
        ["weightDecay"] = _weightDecay,
    });

    public override double LearningRate { get; } = Within("lamb", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["exp_avg", "exp_avg_sq"];

    public override int Norms => 2;

    public override void Measure(ReadOnlySpan<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, Span<double> squares)
    {
        squares[0] = Squares(weights);

        // The weights are copied in pieces so that the rule, which writes the direction where the weights were, leaves them alone.
        Span<float> piece = stackalloc float[1024];
        var moments = new Rule(this, update, 0, moments: true);
        var parts = new Memory<float>[2];
        double total = 0;
        for (int at = 0; at < weights.Length; at += piece.Length)
        {
            Span<float> u = piece[..Math.Min(piece.Length, weights.Length - at)];
            weights.Slice(at, u.Length).CopyTo(u);
            (parts[0], parts[1]) = (state[0].Slice(at, u.Length), state[1].Slice(at, u.Length));
            ElementwiseUpdate.Run(moments, u, gradient.Slice(at, u.Length), parts);
            total += Squares(u);
        }

        squares[1] = total;
    }

    public override void Finish(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update, ReadOnlySpan<double> norms)
    {
        double factor = norms[0] > 0 && norms[1] > 0 ? norms[0] / norms[1] : 1;
        ElementwiseUpdate.Run(new Rule(this, update, (float)(update.LearningRate * factor), moments: false), weights, gradient, state);
    }

    /// <summary>First pass: new moments, and the direction in place of the weights. Second pass: the step.</summary>
    private readonly struct Rule(Lamb o, in UpdateStep update, float rate, bool moments) : IUpdateRule
    {
        private readonly bool _moments = moments;
        private readonly float _rate = rate;
        private readonly float _weightDecay = (float)(update.WeightDecay ?? o._weightDecay);
        private readonly float _oneLessBeta1 = (float)(1 - (update.Momentum ?? o._beta1));
        private readonly float _beta2 = (float)o._beta2;
        private readonly float _oneLessBeta2 = (float)(1 - o._beta2);
        private readonly float _epsilon = (float)o._epsilon;
        private readonly float _correction1 = (float)(1 - IntegerPower.Of(update.Momentum ?? o._beta1, update.Step + 1));
        private readonly float _correction2 = (float)(1 - IntegerPower.Of(o._beta2, update.Step + 1));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            if (_moments)
            {
                s0 += _oneLessBeta1 * (g - s0);
                s1 = (_beta2 * s1) + (_oneLessBeta2 * g * g);
            }

            Vector256<float> u = (s0 / _correction1 / (Vector256.Sqrt(s1 / _correction2) + Vector256.Create(_epsilon))) + (_weightDecay * w);
            w = _moments ? u : w - (_rate * u);
        }
    }
}
