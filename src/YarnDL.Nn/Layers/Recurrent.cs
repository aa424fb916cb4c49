using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Recurrent layers over (N, T, C), one upon another: (N, T, H) or, at the last step, (N, H); H doubles in both directions. More inputs: lengths int64 (N),
/// after which a sequence ends; first states float (N, layers · directions, H), for LSTM states and cells. Names, layouts and first weights are PyTorch's
/// (<c>weight_ih_l0</c>, ...).
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

    /// <summary>How the two directions are joined: concat, sum, mul or ave; Keras' merge mode.</summary>
    public string Join { get; init; } = "concat";

    /// <summary>Dropout behind every layer but the last.</summary>
    public double Dropout { get; init; }

    /// <summary>Whether there are biases.</summary>
    public bool Bias { get; init; } = true;

    /// <summary>From the last step to the first only; Keras' go_backwards.</summary>
    public bool Backwards { get; init; }

    /// <summary>tanh, relu or sigmoid; null: the cell's own.</summary>
    public string? Activation { get; init; }

    /// <summary>sigmoid or hard_sigmoid (0.2 x + 0.5 limited to 0 .. 1), of gates.</summary>
    public string GateActivation { get; init; } = "sigmoid";

    /// <summary>states or cells: instead of the results the last states (or cells) of all layers, (N, layers · directions, H), as another layer takes them.</summary>
    public string? Final { get; init; }

    /// <summary>A step whose features all equal this number is passed over: state and result stay those of the step before, as behind Keras' Masking. Null: none is.</summary>
    public double? Skip { get; init; }

    /// <summary>The operator, the place of each of ONNX's gates among PyTorch's, and how many of its activations belong to gates.</summary>
    private protected abstract (string Operator, long[] Order, string[] Activations) Cell { get; }

    /// <summary>More attributes of the node.</summary>
    private protected virtual Attributes More(Attributes a) => a;

    /// <summary>Weights (3, H) from the cell to the gates i, f and o; null: none.</summary>
    private protected virtual Value? Peephole(ModuleScope scope, int layer, string side) => null;

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        Value x = inputs[0];
        if (Skip is not null && (_bothWays || Final is not null || inputs.Any(v => v.DType is DType.Int64 or DType.Int32)))
        {
            throw scope.Error("steps are to be passed over", "it goes one way, without lengths, and gives results, not final states; take skip away or these");
        }

        Value? lengths = inputs.Skip(1).FirstOrDefault(v => v.DType is DType.Int64 or DType.Int32);
        Value[] first = [.. inputs.Skip(1).Where(v => v.DType == DType.Float32)];
        (string op, long[] order, string[] activations) = Cell;
        bool cells = op == "LSTM";
        if (x.Shape.Rank != 3 || !x.Shape[0].IsRows || first.Length > (cells ? 2 : 1) || _layers < 1)
        {
            throw scope.Error($"input has shape {x.Shape}, {inputs.Count} inputs are given, {_layers} layers",
                "a recurrent layer takes (N, steps, features), perhaps lengths (N) and first states, and has at least one layer");
        }

        GraphBuilder g = scope.G;
        string[] sides = _bothWays ? ["", "_reverse"] : [""];
        Value[] states = Array.ConvertAll(first, v => Turn(g, v, 1, 0, 2));
        var last = new Value[_layers];
        Value h = Turn(g, x, 1, 0, 2);
        for (int layer = 0; layer < _layers; layer++)
        {
            string number = layer.ToString(CultureInfo.InvariantCulture);
            long features = h.Shape[2].Factor;
            Value Weights(string name, params long[] tail) => Joined(g, [.. sides.Select(s =>
                Gates(g, scope.Parameter($"{name}_l{number}{s}", new Shape([order.Length * _hidden, .. tail]), Initialiser.FanInUniform(_hidden)), order))]);
            Value? Start(int which) => which >= states.Length ? null
                : g.Add("Slice", [states[which], g.Constant([(long)layer * sides.Length]), g.Constant([(layer + 1L) * sides.Length]), g.Constant([0L])]);
            Value input = Weights("weight_ih", features);
            Value state = Weights("weight_hh", _hidden);
            Value? bias = Bias ? g.Add("Concat", [Weights("bias_ih"), Weights("bias_hh")], new Attributes(("axis", 1))) : null;
            Value[] peepholes = [.. sides.Select(s => Peephole(scope, layer, s)).OfType<Value>()];
            Value?[] all = [h, input, state, bias, lengths, Start(0), Start(1), peepholes.Length == 0 ? null : Joined(g, peepholes)];
            int given = Array.FindLastIndex(all, v => v is not null) + 1;
            Attributes a = More(new Attributes(("hidden_size", _hidden), ("direction", _bothWays ? "bidirectional" : Backwards ? "reverse" : "forward"),
                ("activations", sides.SelectMany(_ => activations).ToArray())));
            Value[] y = Skip is { } skip ? new SkippedSteps(g, op, a, x, skip, Backwards, _hidden).Run(all)
                : g.AddNode(OperatorTable.Get(op), all.AsSpan(0, given), a, Final == "cells" && cells ? 3 : 2);
            last[layer] = y[^1];
            h = Both(scope, Turn(g, y[0], 0, 2, 1, 3), 2, sides.Length);
            h = Dropout > 0 && layer + 1 < _layers ? scope.Call("drop" + number, new Dropout(Dropout), h) : h;
        }

        return Final is not null ? Turn(g, last.Length == 1 ? last[0] : g.Add("Concat", last, new Attributes(("axis", 0))), 1, 0, 2)
            : _sequences ? Turn(g, h, 1, 0, 2)
            : Both(scope, Turn(g, last[^1], 1, 0, 2), 1, sides.Length);
    }

    private protected long Hidden => _hidden;

    /// <summary>The activations of ONNX for this layer's words.</summary>
    private protected string Gate => GateActivation == "hard_sigmoid" ? "HardSigmoid" : "Sigmoid";

    private protected string Main => Activation switch
    {
        "relu" => "Relu",
        "sigmoid" => "Sigmoid",
        _ => "Tanh",
    };

    /// <summary>Axis <paramref name="axis"/> holds the directions of (.., D, H): joined into (.., H').</summary>
    private Value Both(ModuleScope scope, Value v, int axis, int directions)
    {
        GraphBuilder g = scope.G;
        Value axes = g.Constant([(long)axis]);
        return directions == 1 ? g.Add("Squeeze", v, axes) : Join switch
        {
            "concat" => g.Add("Reshape", v, g.Constant([.. Enumerable.Repeat(0L, axis), 2 * _hidden])),
            "sum" => g.Add("ReduceSum", v, axes, ("keepdims", 0)),
            "ave" => g.Add("ReduceMean", v, axes, ("keepdims", 0)),
            "mul" => g.Add("ReduceProd", v, axes, ("keepdims", 0)),
            _ => throw scope.Error($"directions are joined by {Join}", "it is concat, sum, mul or ave"),
        };
    }

    private protected Value Gates(GraphBuilder g, Value v, long[] order) => order.Length == 1 ? v
        : g.Add("Concat", [.. order.Select(o => g.Add("Slice", [v, g.Constant([o * _hidden]), g.Constant([(o + 1) * _hidden]), g.Constant([0L])]))], new Attributes(("axis", 0)));

    private static Value Joined(GraphBuilder g, Value[] parts)
    {
        Value[] led = Array.ConvertAll(parts, p => g.Add("Unsqueeze", p, g.Constant([0L])));
        return led.Length == 1 ? led[0] : g.Add("Concat", led, new Attributes(("axis", 0)));
    }

    private static Value Turn(GraphBuilder g, Value v, params long[] perm) => g.Add("Transpose", v, ("perm", perm));
}
