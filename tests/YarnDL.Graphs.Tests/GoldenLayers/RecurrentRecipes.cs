using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Recurrent layers in the layouts of PyTorch and Keras, by the operators of ONNX.</summary>
internal static class RecurrentRecipes
{
    private static readonly long[] LstmOrder = [0, 3, 1, 2]; // i, f, g, o as i, o, f, c
    private static readonly long[] GruOrder = [1, 0, 2]; // r, z, n as z, r, h

    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["LSTM"] = x => Stack(x, "LSTM", LstmOrder),
        ["GRU"] = x => Stack(x, "GRU", GruOrder),
        ["RNN"] = x => Stack(x, "RNN", [0]),
        ["LSTMCell"] = x => Cell(x, "LSTM", LstmOrder),
        ["GRUCell"] = x => Cell(x, "GRU", GruOrder),
        ["RNNCell"] = x => Cell(x, "RNN", [0]),
        ["LSTMPeephole"] = x =>
        {
            Value bias = x.G.Add("Concat", [Order(x, x["B"], LstmOrder), x.G.Add("Mul", x["B"], x.Number(0))], new(("axis", 0)));
            Value[] y = x.G.AddNode(OperatorTable.Get("LSTM"), [x["X"], Lead(x, Order(x, x["W"], LstmOrder)), Lead(x, Order(x, x["R"], LstmOrder)), Lead(x, bias), null,
                x.Find("h0") is { } h ? Lead(x, h) : null, x.Find("c0") is { } c ? Lead(x, c) : null, Lead(x, Order(x, x["P"], [0, 2, 1]))], new(("hidden_size", x.Case.Int("hidden_size"))), 3);
            return IndexRecipes.Named([Drop(x, y[0], 1), Drop(x, y[1], 0), Drop(x, y[2], 0)], "Y", "h_n", "c_n");
        },
        ["KerasLSTM"] = One(x => Keras(x, "LSTM", "", LstmOrder)),
        ["KerasGRU"] = One(x => Keras(x, "GRU", "", [0, 1, 2])),
        ["KerasSimpleRNN"] = One(x => Keras(x, "RNN", "", [0])),
        ["KerasBidirectional"] = x =>
        {
            Value there = Keras(x, "LSTM", "f_", LstmOrder);
            Value back = Keras(x, "LSTM", "b_", LstmOrder);
            Value sum = x.G.Add("Add", there, back);
            return IndexRecipes.Named([x.G.Add("Concat", [there, back], new(("axis", -1))), sum, x.G.Add("Mul", there, back), x.G.Add("Mul", sum, x.Number(0.5))], "Y_concat", "Y_sum", "Y_mul", "Y_ave");
        },
    };

    private static Dictionary<string, Value> Stack(LayerGraph x, string op, long[] order)
    {
        bool two = x.Case.Text("direction") == "bidirectional";
        bool batchFirst = x.Case.Int("batch_first") != 0;
        string[] sides = two ? ["", "_reverse"] : [""];
        Value h = batchFirst ? x.G.Add("Transpose", x["X"], ("perm", new long[] { 1, 0, 2 })) : x["X"];
        var states = new List<Value>();
        var cells = new List<Value>();
        for (int layer = 0; layer < x.Case.Int("num_layers"); layer++)
        {
            Value? Join(string name) => x.Find($"{name}_l{layer}") is null ? null
                : x.G.Add("Concat", [.. sides.Select(s => Lead(x, Order(x, x[$"{name}_l{layer}{s}"], order)))], new(("axis", 0)));
            Value? First(string name) => x.Find(name) is { } v ? x.G.Add("Slice", [v, x.G.Constant([(long)layer * sides.Length]), x.G.Constant([(layer + 1L) * sides.Length]), x.G.Constant([0L])]) : null;
            Value? bias = Join("bias_ih") is { } b ? x.G.Add("Concat", [b, Join("bias_hh")!], new(("axis", 1))) : null;
            var a = new Attributes(("hidden_size", x.Case.Int("hidden_size")), ("direction", two ? "bidirectional" : "forward"));
            a = op == "GRU" ? a.With("linear_before_reset", 1) : a;
            a = x.Case.Text("nonlinearity") == "relu" ? a.With("activations", Enumerable.Repeat("Relu", sides.Length).ToArray()) : a;
            Value?[] inputs = [h, Join("weight_ih"), Join("weight_hh"), bias, x.Find("lengths"), First("h0"), .. op == "LSTM" ? new[] { First("c0") } : []];
            Value[] y = x.G.AddNode(OperatorTable.Get(op), inputs, a, op == "LSTM" ? 3 : 2);
            h = x.G.Add("Reshape", x.G.Add("Transpose", y[0], ("perm", new long[] { 0, 2, 1, 3 })), x.G.Constant([0L, 0L, sides.Length * x.Case.Int("hidden_size")]));
            states.Add(y[1]);
            cells.Add(y[^1]);
        }

        h = batchFirst ? x.G.Add("Transpose", h, ("perm", new long[] { 1, 0, 2 })) : h;
        Value All(List<Value> v) => x.G.Add("Concat", [.. v], new(("axis", 0)));
        return op == "LSTM" ? IndexRecipes.Named([h, All(states), All(cells)], "Y", "h_n", "c_n") : IndexRecipes.Named([h, All(states)], "Y", "h_n");
    }

    private static Dictionary<string, Value> Cell(LayerGraph x, string op, long[] order)
    {
        Value bias = x.G.Add("Concat", [Order(x, x["bias_ih"], order), Order(x, x["bias_hh"], order)], new(("axis", 0)));
        Value?[] inputs = [Lead(x, x["X"]), Lead(x, Order(x, x["weight_ih"], order)), Lead(x, Order(x, x["weight_hh"], order)), Lead(x, bias), null, Lead(x, x["h"]), .. x.Find("c") is { } c ? new[] { Lead(x, c) } : []];
        var a = new Attributes(("hidden_size", x.Case.Int("hidden_size")));
        Value[] y = x.G.AddNode(OperatorTable.Get(op), inputs, op == "GRU" ? a.With("linear_before_reset", 1) : a, op == "LSTM" ? 3 : 2);
        return op == "LSTM" ? IndexRecipes.Named([Drop(x, y[1], 0), Drop(x, y[2], 0)], "h1", "c1") : IndexRecipes.Named([Drop(x, y[1], 0)], "h1");
    }

    private static Value Keras(LayerGraph x, string op, string prefix, long[] order)
    {
        bool reverse = prefix == "b_" || x.Case.Int("go_backwards") != 0;
        string gate = x.Case.Text("recurrent_activation") == "hard_sigmoid" ? "HardSigmoid" : "Sigmoid";
        string main = x.Case.Text("activation") == "relu" ? "Relu" : "Tanh";
        string[] activations = op switch { "LSTM" => [gate, main, main], "GRU" => [gate, main], _ => [main] };
        Value Weights(string name) => Lead(x, Order(x, x.G.Add("Transpose", x[prefix + name]), order));
        Value bias = x[prefix + "bias"].Shape.Rank == 2 ? x.G.Add("Reshape", x[prefix + "bias"], x.G.Constant([-1L]))
            : x.G.Add("Concat", [Order(x, x[prefix + "bias"], order), x.G.Add("Mul", x[prefix + "bias"], x.Number(0))], new(("axis", 0)));
        var a = new Attributes(("hidden_size", x.Case.Int("units")), ("direction", reverse ? "reverse" : "forward"), ("activations", activations));
        a = op == "GRU" ? a.With("linear_before_reset", x.Case.Int("reset_after")) : a;
        Value[] y = x.G.AddNode(OperatorTable.Get(op), [x.G.Add("Transpose", x["X"], ("perm", new long[] { 1, 0, 2 })), Weights("kernel"), Weights("recurrent_kernel"), Lead(x, bias)], a, 2);
        if (x.Case.Has("return_sequences") && x.Case.Int("return_sequences") == 0)
        {
            return Drop(x, y[1], 0);
        }

        Value all = x.G.Add("Transpose", Drop(x, y[0], 1), ("perm", new long[] { 1, 0, 2 }));
        return x.Case.Int("go_backwards") == 0 ? all
            : x.G.Add("Slice", [all, x.G.Constant([-1L]), x.G.Constant([-int.MaxValue - 1L]), x.G.Constant([1L]), x.G.Constant([-1L])]);
    }

    /// <summary>Gate blocks along axis 0 in another order.</summary>
    private static Value Order(LayerGraph x, Value v, long[] order)
    {
        long size = v.Shape[0].Factor / order.Length;
        return order.Length == 1 ? v
            : x.G.Add("Concat", [.. order.Select(o => x.G.Add("Slice", [v, x.G.Constant([o * size]), x.G.Constant([(o + 1) * size]), x.G.Constant([0L])]))], new(("axis", 0)));
    }

    private static Value Lead(LayerGraph x, Value v) => x.G.Add("Unsqueeze", v, x.G.Constant([0L]));

    private static Value Drop(LayerGraph x, Value v, long axis) => x.G.Add("Squeeze", v, x.G.Constant([axis]));
}
