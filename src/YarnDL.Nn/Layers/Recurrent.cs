using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Recurrent layers over (N, T, C), one upon another: (N, T, H) or, at the last step, (N, H); H doubles in both directions. With a second input,
/// int64 (N), every sequence ends after its own number of steps. Names, layouts and first weights are PyTorch's (<c>weight_ih_l0</c>, ...).
/// </summary>
public abstract class Recurrent : Module
{
    private readonly long _hidden;
    private readonly int _layers;
    private readonly bool _bothWays;
    private readonly bool _sequences;

    /// <param name="hidden">Width of the state of one direction.</param>
    /// <param name="layers">Layers, at least 1.</param>
    /// <param name="bothWays">Also from the last step to the first.</param>
    /// <param name="sequences">Results of all steps; else the last state of each direction.</param>
    protected Recurrent(long hidden, int layers, bool bothWays, bool sequences)
    {
        _hidden = hidden;
        _layers = layers;
        _bothWays = bothWays;
        _sequences = sequences;
    }

    /// <summary>The operator, and the place of each of ONNX's gates among PyTorch's.</summary>
    private protected abstract (string Operator, long[] Order) Cell { get; }

    /// <summary>More attributes of the node, for that many directions.</summary>
    private protected virtual Attributes More(Attributes a, int directions) => a;

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (x.Shape.Rank != 3 || !x.Shape[0].IsRows || inputs.Count > 2 || _layers < 1)
        {
            throw scope.Error($"input has shape {x.Shape}, {inputs.Count} inputs are given, {_layers} layers", "a recurrent layer takes (N, steps, features) and perhaps lengths (N), and has at least one layer");
        }

        GraphBuilder g = scope.G;
        Value h = Turn(g, x, 1, 0, 2);
        Value last = h;
        string[] sides = _bothWays ? ["", "_reverse"] : [""];
        (string op, long[] order) = Cell;
        for (int layer = 0; layer < _layers; layer++)
        {
            long features = h.Shape[2].Factor;
            Value Weights(string name, params long[] tail) => Joined(g, [.. sides.Select(s =>
                Gates(g, scope.Parameter($"{name}_l{layer}{s}", new Shape([order.Length * _hidden, .. tail]), Initialiser.FanInUniform(_hidden)), order))]);
            Value input = Weights("weight_ih", features);
            Value state = Weights("weight_hh", _hidden);
            Value bias = g.Add("Concat", [Weights("bias_ih"), Weights("bias_hh")], new Attributes(("axis", 1)));
            Attributes a = More(new Attributes(("hidden_size", _hidden), ("direction", _bothWays ? "bidirectional" : "forward")), sides.Length);
            Value[] y = g.AddNode(OperatorTable.Get(op), inputs.Count > 1 ? [h, input, state, bias, inputs[1]] : [h, input, state, bias], a, 2);
            last = y[1];
            h = g.Add("Reshape", Turn(g, y[0], 0, 2, 1, 3), g.Constant([0L, 0L, sides.Length * _hidden]));
        }

        return _sequences ? Turn(g, h, 1, 0, 2) : g.Add("Reshape", Turn(g, last, 1, 0, 2), g.Constant([0L, sides.Length * _hidden]));
    }

    private Value Gates(GraphBuilder g, Value v, long[] order) => order.Length == 1 ? v
        : g.Add("Concat", [.. order.Select(o => g.Add("Slice", [v, g.Constant([o * _hidden]), g.Constant([(o + 1) * _hidden]), g.Constant([0L])]))], new Attributes(("axis", 0)));

    private static Value Joined(GraphBuilder g, Value[] parts)
    {
        Value[] led = Array.ConvertAll(parts, p => g.Add("Unsqueeze", p, g.Constant([0L])));
        return led.Length == 1 ? led[0] : g.Add("Concat", led, new Attributes(("axis", 0)));
    }

    private static Value Turn(GraphBuilder g, Value v, params long[] perm) => g.Add("Transpose", v, ("perm", perm));
}
