using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>An LSTM cell that eats its own output: (N, H) to (N, steps, H); the first input is x, every further one the state before. Parameters as <see cref="LSTM"/>.</summary>
/// <param name="steps">Steps of the output.</param>
public sealed class RecurrentDecoder(long steps) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        if (x.Shape.Rank != 2 || steps < 1)
        {
            throw scope.Error($"input has shape {x.Shape}, {steps} steps", "it takes (N, H) and makes at least one step");
        }

        GraphBuilder g = scope.G;
        long width = x.Shape[1].Factor;
        Value Weight(string name, params long[] tail)
        {
            Value v = scope.Parameter(name, new Shape([4 * width, .. tail]), Initialiser.FanInUniform(width));
            Value Gate(long o) => g.Add("Slice", [v, g.Constant([o * width]), g.Constant([(o + 1) * width]), g.Constant([0L])]);
            return g.Add("Unsqueeze", g.Add("Concat", [Gate(0), Gate(3), Gate(1), Gate(2)], new Attributes(("axis", 0))), g.Constant([0L]));
        }

        Value input = Weight("weight_ih_l0", width);
        Value state = Weight("weight_hh_l0", width);
        Value bias = g.Add("Concat", [Weight("bias_ih_l0"), Weight("bias_hh_l0")], new Attributes(("axis", 1)));
        Operator lstm = OperatorTable.Get("LSTM");
        var results = new Value[steps];
        Value next = g.Add("Unsqueeze", x, g.Constant([0L]));
        Value? h = null;
        Value? c = null;
        for (int t = 0; t < results.Length; t++)
        {
            Value[] y = g.AddNode(lstm, h is null ? [next, input, state, bias] : [next, input, state, bias, null, h, c], new Attributes(("hidden_size", width)), 3);
            (h, c) = (y[1], y[2]);
            results[t] = next = h;
        }

        Value all = results.Length == 1 ? results[0] : g.Add("Concat", results, new Attributes(("axis", 0)));
        return g.Add("Transpose", all, ("perm", new long[] { 1, 0, 2 }));
    }
}
