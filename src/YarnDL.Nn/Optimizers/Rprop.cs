using System.Runtime.Intrinsics;

namespace YarnDL.Nn;

/// <summary>
/// Resilient propagation, PyTorch's formula: where g and the gradient before have one sign the step grows by etaPlus, where they differ it shrinks by etaMinus
/// and g counts as 0; within smallest..largest; w -= sign(g)·step. Steps start at the learning rate. Riedmiller and Braun, 1993.
/// </summary>
public sealed class Rprop(double learningRate = 1e-2, double etaMinus = 0.5, double etaPlus = 1.2, double smallest = 1e-6, double largest = 50) : Optimizer
{
    private readonly double _etaMinus = Within("rprop", "etaMinus", etaMinus, 0, 1);
    private readonly double _etaPlus = Within("rprop", "etaPlus", etaPlus, 1, double.PositiveInfinity);
    private readonly double _smallest = Within("rprop", "smallest", smallest, 0, double.PositiveInfinity);
    private readonly double _largest = Within("rprop", "largest", largest, 0, double.PositiveInfinity);

    public override Spec Spec => new("rprop", new()
    {
        ["learningRate"] = LearningRate,
        ["etaMinus"] = _etaMinus,
        ["etaPlus"] = _etaPlus,
        ["smallest"] = _smallest,
        ["largest"] = _largest,
    });

    public override double LearningRate { get; } = Within("rprop", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["prev", "step_size"];

    public override float InitialState(int index) => index == 1 ? (float)LearningRate : 0;

    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        ElementwiseUpdate.Run(new Rule(this), weights, gradient, state);

    private readonly struct Rule(Rprop o) : IUpdateRule
    {
        private readonly float _etaMinus = (float)o._etaMinus;
        private readonly float _etaPlus = (float)o._etaPlus;
        private readonly float _smallest = (float)o._smallest;
        private readonly float _largest = (float)o._largest;

        public void Apply(ref Vector256<float> w, Vector256<float> g, ref Vector256<float> s0, ref Vector256<float> s1, ref Vector256<float> s2)
        {
            Vector256<float> turn = g * s0;
            Vector256<float> back = Vector256.LessThan(turn, Vector256<float>.Zero);
            Vector256<float> onward = Vector256.GreaterThan(turn, Vector256<float>.Zero);
            Vector256<float> factor = Vector256.ConditionalSelect(back, Vector256.Create(_etaMinus), Vector256.ConditionalSelect(onward, Vector256.Create(_etaPlus), Vector256<float>.One));
            s1 = Vector256.Min(Vector256.Max(s1 * factor, Vector256.Create(_smallest)), Vector256.Create(_largest));
            s0 = Vector256.ConditionalSelect(back, Vector256<float>.Zero, g);
            w -= ElementwiseUpdate.Sign(s0) * s1;
        }
    }
}
