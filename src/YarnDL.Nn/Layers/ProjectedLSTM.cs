using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Long short-term memory whose state is projected to fewer numbers: (N, T, C) to (N, T, P), or of the last step (N, P). Names, layouts and first weights are
/// PyTorch's with proj_size: <c>weight_ih_l0</c> (4 H, C), <c>weight_hh_l0</c> (4 H, P), <c>weight_hr_l0</c> (P, H). Sak et al. 2014.
/// </summary>
/// <param name="hidden">Width H of the cell.</param>
/// <param name="projection">Width P of the state.</param>
/// <param name="layers">Layers, at least 1.</param>
/// <param name="sequences">Results of all steps; else the last.</param>
public sealed class ProjectedLSTM(long hidden, long projection, int layers = 1, bool sequences = true) : Module
{
    /// <summary>Whether there are biases.</summary>
    public bool Bias { get; init; } = true;

    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 3 || !x.Shape[0].IsRows || projection < 1 || projection > hidden || layers < 1)
        {
            throw scope.Error($"input has shape {x.Shape}, the projection {projection} of {hidden}, {layers} layers", "it takes (N, steps, features); the projection is at least 1 and at most the hidden width, and there is at least one layer");
        }

        for (int layer = 0; layer < layers; layer++)
        {
            x = Layer(scope, x, layer.ToString(CultureInfo.InvariantCulture), sequences || layer + 1 < layers);
        }

        return x;
    }

    private Value Layer(ModuleScope scope, Value x, string number, bool all)
    {
        GraphBuilder g = scope.G;
        Value Weight(string name, params long[] shape) => scope.Parameter($"{name}_l{number}", new Shape(shape), Initialiser.FanInUniform(hidden));
        Value Turned(Value w) => g.Add("Transpose", w, ("perm", new long[] { 1, 0 }));
        Value input = Turned(Weight("weight_ih", 4 * hidden, x.Shape[2].Factor));
        Value state = Turned(Weight("weight_hh", 4 * hidden, projection));
        Value? bias = Bias ? g.Add("Add", Weight("bias_ih", 4 * hidden), Weight("bias_hh", 4 * hidden)) : null;
        Value project = Turned(Weight("weight_hr", projection, hidden));
        Value given = g.Add("MatMul", x, input);
        given = bias is null ? given : g.Add("Add", given, bias);
        Value? h = null;
        Value? c = null;
        var steps = new Value[checked((int)x.Shape[1].Factor)];
        for (int t = 0; t < steps.Length; t++)
        {
            Value gates = g.Add("Squeeze", Cut(g, given, 1, t, t + 1), g.Constant([1L]));
            gates = h is null ? gates : g.Add("Add", gates, g.Add("MatMul", h, state));
            Value Gate(int k, string f) => g.Add(f, Cut(g, gates, 1, k * hidden, (k + 1) * hidden));
            Value fresh = g.Add("Mul", Gate(0, "Sigmoid"), Gate(2, "Tanh"));
            c = c is null ? fresh : g.Add("Add", g.Add("Mul", Gate(1, "Sigmoid"), c), fresh);
            h = g.Add("MatMul", g.Add("Mul", Gate(3, "Sigmoid"), g.Add("Tanh", c)), project);
            steps[t] = h;
        }

        return !all ? h! : g.Add("Concat", [.. steps.Select(s => g.Add("Unsqueeze", s, g.Constant([1L])))], new Attributes(("axis", 1)));
    }

    private static Value Cut(GraphBuilder g, Value v, long axis, long from, long to) => g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([axis])]);
}
