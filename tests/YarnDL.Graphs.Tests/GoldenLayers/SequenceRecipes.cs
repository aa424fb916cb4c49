using YarnDL.Tensors;
using static YarnDL.Graphs.Tests.GoldenLayers.ActivationRecipes;

namespace YarnDL.Graphs.Tests.GoldenLayers;

/// <summary>Recurrent layers that are said step by step: projections, masks, trees, convolutions, beams.</summary>
internal static class SequenceRecipes
{
    public static IReadOnlyDictionary<string, Recipe> All { get; } = new Dictionary<string, Recipe>
    {
        ["ProjectedLSTM"] = Projected,
        ["KerasMaskingLSTM"] = One(Masked),
        ["ConvLSTM2D"] = One(x => x.G.Add("ConvLSTM", [x["X"], x["kernel"], x["recurrent_kernel"], x.Find("bias")], new(
            ("auto_pad", x.Case.Text("padding") == "same" ? "SAME_UPPER" : "VALID"), ("strides", Pair(x.Case.Int("strides"))), ("sequences", x.Case.Int("return_sequences")),
            ("gate", x.Case.Text("recurrent_activation") == "hard_sigmoid" ? "HardSigmoid" : "Sigmoid"), ("activation", x.Case.Text("activation") == "tanh" ? "Tanh" : "Relu")))),
        ["ConvLSTMPeephole"] = One(x => x.G.Add("ConvLSTM", [x["X"], x["W"], x["R"], x["B"], x["P"]])),
        ["BinaryTreeLSTM"] = Tree,
        ["SequenceBeamSearch"] = Beam,
    };

    private static long[] Pair(long v) => [v, v];

    private static Value Cut(GraphBuilder g, Value v, long axis, long from, long to) => g.Add("Slice", [v, g.Constant([from]), g.Constant([to]), g.Constant([axis])]);

    private static Value Step(GraphBuilder g, Value v, long axis, long t) => g.Add("Squeeze", Cut(g, v, axis, t, t + 1), g.Constant([axis]));

    private static Value Zero(GraphBuilder g, Value like, long width) => g.Add("Pick", like, ("axis", -1), ("indices", Enumerable.Repeat(-1L, (int)width).ToArray()));

    /// <summary>New state and cell from the four gates, side by side as i, f, g, o.</summary>
    private static (Value H, Value C) Cell(GraphBuilder g, Value gates, Value c)
    {
        long width = gates.Shape[^1].Factor / 4;
        Value Gate(int k, string f) => g.Add(f, Cut(g, gates, -1, k * width, (k + 1) * width));
        c = g.Add("Add", g.Add("Mul", Gate(1, "Sigmoid"), c), g.Add("Mul", Gate(0, "Sigmoid"), Gate(2, "Tanh")));
        return (g.Add("Mul", Gate(3, "Sigmoid"), g.Add("Tanh", c)), c);
    }

    private static Value Stacked(GraphBuilder g, IEnumerable<Value> steps, long axis) =>
        g.Add("Concat", [.. steps.Select(v => g.Add("Unsqueeze", v, g.Constant([axis])))], new(("axis", axis)));

    private static Dictionary<string, Value> Projected(LayerGraph x)
    {
        GraphBuilder g = x.G;
        bool first = x.Case.Int("batch_first") != 0;
        long axis = first ? 1 : 0;
        Value h = x["X"];
        var hidden = new List<Value>();
        var cells = new List<Value>();
        for (int layer = 0; layer < x.Case.Int("num_layers"); layer++)
        {
            string End(string name) => $"{name}_l{layer}";
            Value now = Step(g, h, axis, 0);
            Value c = Zero(g, now, x.Case.Int("hidden_size"));
            Value state = Zero(g, now, x.Case.Int("proj_size"));
            var steps = new List<Value>();
            for (long t = 0; t < h.Shape[(int)axis].Factor; t++)
            {
                Value gates = g.Add("Add", Product(g, Step(g, h, axis, t), x[End("weight_ih")]), Product(g, state, x[End("weight_hh")]));
                gates = x.Find(End("bias_ih")) is { } bias ? g.Add("Add", g.Add("Add", gates, bias), x[End("bias_hh")]) : gates;
                (Value wide, c) = Cell(g, gates, c);
                state = Product(g, wide, x[End("weight_hr")]);
                steps.Add(state);
            }

            h = Stacked(g, steps, axis);
            hidden.Add(state);
            cells.Add(c);
        }

        return IndexRecipes.Named([h, Stacked(g, hidden, 0), Stacked(g, cells, 0)], "Y", "h_n", "c_n");
    }

    private static Value Product(GraphBuilder g, Value v, Value w) => g.Add("MatMul", v, g.Add("Transpose", w));

    private static Value Masked(LayerGraph x)
    {
        GraphBuilder g = x.G;
        Value? h = null;
        Value? c = null;
        var steps = new List<Value>();
        for (long t = 0; t < x["X"].Shape[1].Factor; t++)
        {
            Value now = Step(g, x["X"], 1, t);
            h ??= Zero(g, now, x.Case.Int("units"));
            c ??= Zero(g, now, x.Case.Int("units"));
            Value other = g.Add("ReduceMax", g.Add("Abs", g.Add("Sub", now, x.Number(x.Case.Number("mask_value")))), g.Constant([-1L]), ("keepdims", 1));
            Value counts = g.Add("Greater", other, x.Number(0));
            Value gates = g.Add("Add", g.Add("Add", g.Add("MatMul", now, x["kernel"]), g.Add("MatMul", h, x["recurrent_kernel"])), x["bias"]);
            (Value newH, Value newC) = Cell(g, gates, c);
            h = g.Add("Where", [counts, newH, h]);
            c = g.Add("Where", [counts, newC, c]);
            steps.Add(h);
        }

        return Stacked(g, steps, 1);
    }

    private static Dictionary<string, Value> Tree(LayerGraph x)
    {
        GraphBuilder g = x.G;
        long nodes = x["tree"].Shape[0].Factor;
        long width = x.Case.Int("hidden_size");
        Value zero = g.Constant(Tensor.From<float>(new Shape(1, width), new float[width]));
        Value leafC = g.Add("Add", Product(g, x["X"], x["Wc"]), x["bc"]);
        Value shown = g.Add("Tanh", leafC);
        Value leafH = x.Case.Int("gate_output") == 0 ? shown : g.Add("Mul", g.Add("Sigmoid", g.Add("Add", Product(g, x["X"], x["Wo"]), x["bo"])), shown);

        // Entry 0 is no node, entry k + 1 is node k.
        Value h = zero;
        Value c = zero;
        for (long t = 0; t < nodes; t++)
        {
            Value Place(long k) => g.Add("Slice", [x["tree"], g.Constant([t, k]), g.Constant([t + 1, k + 1]), g.Constant([0L, 1])]);
            Value At(Value table, Value place) => g.Add("Reshape", g.Add("Gather", table, g.Add("Reshape", place, g.Constant([-1L]))), g.Constant([1L, width]));
            Value left = g.Add("Add", Place(0), g.Constant([1L]));
            Value right = g.Add("Add", Place(1), g.Constant([1L]));
            Value leaf = Place(2);
            Value all = g.Add("Add", g.Add("Add", Product(g, At(h, left), x["UL"]), Product(g, At(h, right), x["UR"])), x["b"]);
            Value Gate(int k, string f) => g.Add(f, Cut(g, all, -1, k * width, (k + 1) * width));
            Value kept = g.Add("Add", g.Add("Mul", Gate(1, "Sigmoid"), At(c, left)), g.Add("Mul", Gate(2, "Sigmoid"), At(c, right)));
            Value newC = g.Add("Add", g.Add("Mul", Gate(0, "Sigmoid"), Gate(3, "Tanh")), kept);
            Value newH = g.Add("Mul", Gate(4, "Sigmoid"), g.Add("Tanh", newC));
            Value isLeaf = g.Add("GreaterOrEqual", leaf, g.Constant([0L]));
            Value index = g.Add("Where", [isLeaf, leaf, g.Constant([0L])]);
            c = g.Add("Concat", [c, g.Add("Where", [isLeaf, At(leafC, index), newC])], new(("axis", 0)));
            h = g.Add("Concat", [h, g.Add("Where", [isLeaf, At(leafH, index), newH])], new(("axis", 0)));
        }

        return IndexRecipes.Named([Cut(g, h, 0, 1, nodes + 1), Cut(g, c, 0, 1, nodes + 1)], "h", "c");
    }

    /// <summary>Beam search with a table of log probabilities in the place of a decoder; sequences grow by one column a step.</summary>
    private static Dictionary<string, Value> Beam(LayerGraph x)
    {
        const float Never = -1e9f;
        GraphBuilder g = x.G;
        (long beams, long vocabulary, long steps, long eos) = (x.Case.Int("beam_size"), x.Case.Int("vocab"), x.Case.Int("max_steps"), x.Case.Int("eos"));
        Value Longs(long[] shape, params long[] v) => g.Constant(Tensor.From<long>(new Shape(shape), v));
        Value Column(long value) => Longs([beams, 1], [.. Enumerable.Repeat(value, (int)beams)]);
        Value alive = Column(x.Case.Int("bos"));
        Value scores = g.Constant(Tensor.From<float>(new Shape(beams), [.. Enumerable.Range(0, (int)beams).Select(k => k == 0 ? 0 : Never)]));
        Value done = g.Constant(Tensor.From<long>(new Shape(beams, 1), [.. Enumerable.Repeat(-1L, (int)beams)]));
        Value doneScores = g.Constant(Tensor.From<float>(new Shape(beams), [.. Enumerable.Repeat(2 * Never, (int)beams)]));
        for (long t = 0; t < steps; t++)
        {
            Value last = g.Add("Reshape", Cut(g, alive, 1, t, t + 1), g.Constant([beams]));
            Value next = g.Add("Add", g.Add("Gather", x["log_probs"], last), g.Add("Unsqueeze", scores, g.Constant([1L])));
            Value[] best = Top(g, g.Add("Reshape", next, g.Constant([-1L])), Math.Min(2 * beams, beams * vocabulary));
            Value token = g.Add("Mod", best[1], g.Constant([vocabulary]));
            Value parent = g.Add("Div", g.Add("Sub", best[1], token), g.Constant([vocabulary]));
            Value grown = g.Add("Concat", [g.Add("Gather", alive, parent), g.Add("Unsqueeze", token, g.Constant([1L]))], new(("axis", 1)));
            Value ends = g.Add("Equal", token, g.Constant([eos]));
            double penalty = Math.Pow((5.0 + t + 1) / 6, x.Case.Number("alpha"));
            Value finished = g.Add("Where", [ends, g.Add("Div", best[0], x.Number(penalty)), x.Number(2 * Never)]);
            Value padded = g.Add("Concat", [done, Column(-1)], new(("axis", 1)));
            Value[] kept = Top(g, g.Add("Concat", [doneScores, finished], new(("axis", 0))), beams);
            doneScores = kept[0];
            done = g.Add("Gather", g.Add("Concat", [padded, grown], new(("axis", 0))), kept[1]);
            Value[] going = Top(g, g.Add("Where", [ends, x.Number(2 * Never), best[0]]), beams);
            scores = going[0];
            alive = g.Add("Gather", grown, going[1]);
        }

        return IndexRecipes.Named([done, doneScores, alive, scores], "finished", "scores", "alive", "alive_log_probs");
    }

    private static Value[] Top(GraphBuilder g, Value v, long count) => g.AddNode(OperatorTable.Get("TopK"), [v, g.Constant([count])], new(("axis", 0)), 2);
}
