using System.Runtime.Intrinsics;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Follow the regularised leader, TensorFlow's ApplyFtrlV2: n = a + g² (a starts at initial); s = (n^p - a^p) / rate, p = -power;
/// z += g + 2·l2Shrinkage·w - s·w; w = 0 where |z| is at most l1, else (sign(z)·l1 - z) / (n^p / rate + 2·l2 + beta / rate). McMahan and others, 2013.
/// </summary>
public sealed class Ftrl(double learningRate = 1e-3, double power = -0.5, double initial = 0.1, double l1 = 0, double l2 = 0, double l2Shrinkage = 0, double beta = 0) : Optimizer
{
    private readonly double _power = Within("ftrl", "power", power, -1e300, 1e-300);
    private readonly double _initial = Within("ftrl", "initial", initial, 0, double.PositiveInfinity);
    private readonly double _l1 = Within("ftrl", "l1", l1, 0, double.PositiveInfinity);
    private readonly double _l2 = Within("ftrl", "l2", l2, 0, double.PositiveInfinity);
    private readonly double _l2Shrinkage = Within("ftrl", "l2Shrinkage", l2Shrinkage, 0, double.PositiveInfinity);
    private readonly double _beta = Within("ftrl", "beta", beta, 0, double.PositiveInfinity);

    public override Spec Spec => new("ftrl", new()
    {
        ["learningRate"] = LearningRate,
        ["power"] = _power,
        ["initial"] = _initial,
        ["l1"] = _l1,
        ["l2"] = _l2,
        ["l2Shrinkage"] = _l2Shrinkage,
        ["beta"] = _beta,
    });

    public override double LearningRate { get; } = Within("ftrl", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["accum", "linear"];

    public override float InitialState(int index) => index == 0 ? (float)_initial : 0;

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this, update), weights, gradient, state);

    private readonly struct Rule(Ftrl o, in UpdateStep update) : IUpdateRule
    {
        private readonly bool _root = o._power == -0.5;
        private readonly float _power = (float)-o._power;
        private readonly float _l1 = (float)o._l1;
        private readonly float _rate = (float)update.LearningRate;
        private readonly float _twiceShrinkage = (float)(2 * o._l2Shrinkage);
        private readonly float _added = (float)((2 * o._l2) + (o._beta / update.LearningRate));

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            Vector256<float> n = s0 + (g * g);
            Vector256<float> powered = Powered(n);
            Vector256<float> sigma = (powered - Powered(s0)) / _rate;
            s1 += g + (_twiceShrinkage * w) - (sigma * w);
            Vector256<float> l1 = Vector256.Create(_l1);
            Vector256<float> leader = ((ElementwiseUpdate.Sign(s1) * l1) - s1) / ((powered / _rate) + Vector256.Create(_added));
            w = Vector256.ConditionalSelect(Vector256.GreaterThan(Vector256.Abs(s1), l1), leader, Vector256<float>.Zero);
            s0 = n;
        }

        private Vector256<float> Powered(Vector256<float> x) => _root ? Vector256.Sqrt(x) : Maths.Pow(x, Vector256.Create(_power));
    }
}
