using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Training.Tests.Golden;

/// <summary>The networks of the reference runs, with the parameter names and widths of their initial weights.</summary>
internal static class GoldenNetworks
{
    public static Module Of(GoldenCase c) => c.Name switch
    {
        "softmax_regression" => new Chain(c, (s, x) => s.Dense("fc", x)),
        "mlp" => new Chain(c, (s, x) => s.Dense("fc3", s.Act(s.Dense("fc2", s.Act(s.Dense("fc1", x)))))),
        "lenet5" => new LeNet5(c.Params["fc3.weight"].Shape[0], c.Text("activation", "tanh"), c.Text("pool", "max") == "max" ? "max" : "average"),
        "autoencoder" => new Chain(c, (s, x) => s.Call("Sigmoid", s.Dense("dec2", s.Act(s.Dense("dec1", s.Act(s.Dense("enc2", s.Act(s.Dense("enc1", x))))))))),
        "resnet_bn" => new Chain(c, ResNet),
        "text_cnn" => new Chain(c, TextCnn),
        "lstm_regressor" => new Chain(c, (s, x) => s.Dense("fc", s.Layer("lstm", new LSTM(c.Params["lstm.weight_hh"].Shape[1], sequences: false), x))),
        "transformer_classifier" => new Chain(c, Transformer),
        "neumf" => new Chain(c, Neumf),
        "wide_and_deep" => new Chain(c, WideAndDeep),
        _ => throw new NotSupportedException($"there is no network for {c.Name}"),
    };

    private static Value ResNet(Steps s, Value x)
    {
        Value h = s.Call("Relu", s.Norm("bn0", s.Conv("conv0", x)));
        Value b = s.Norm("b1.bn2", s.Conv("b1.conv2", s.Call("Relu", s.Norm("b1.bn1", s.Conv("b1.conv1", h)))));
        h = s.Call("Relu", s.G.Add("Add", h, b));
        b = s.Norm("b2.bn2", s.Conv("b2.conv2", s.Call("Relu", s.Norm("b2.bn1", s.Conv("b2.conv1", h, stride: 2)))));
        h = s.Call("Relu", s.G.Add("Add", b, s.Norm("b2.dbn", s.Conv("b2.down", h, stride: 2))));
        return s.Dense("fc", s.G.Add("Flatten", s.Call("GlobalAveragePool", h)));
    }

    private static Value TextCnn(Steps s, Value ids)
    {
        Value h = s.G.Add("Transpose", s.Layer("embedding", new Embedding(s.Size("embedding.weight", 0), s.Size("embedding.weight", 1), s.Case.Int("padding_idx", -1)), ids), ("perm", new long[] { 0, 2, 1 }));
        Value[] parts = [.. s.Case.Params.Keys.Where(k => k.StartsWith("conv", StringComparison.Ordinal) && k.EndsWith("weight", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(k =>
            s.G.Add("ReduceMax", s.Call("Relu", s.Layer(k[..^7], new Conv1d(null, s.Size(k, 0), s.Size(k, 2)), h)), s.G.Constant([2L]), ("keepdims", 0)))];
        return s.Dense("fc", s.G.Add("Concat", parts, new Attributes(("axis", 1))));
    }

    private static Value Transformer(Steps s, Value ids)
    {
        GraphBuilder g = s.G;
        Value x = g.Add("Add", g.Add("Embedding", s.Parameter("embedding"), ids), s.Parameter("position"));
        long width = x.Shape[2].Factor, heads = s.Case.Int("heads");
        Value gone = g.Add("Equal", ids, g.Constant(Tensor.Scalar(0L)));
        Value Cut(Value v, long part) => g.Add("Transpose", g.Add("Reshape", g.Add("Slice", [v, g.Constant([part * width]), g.Constant([(part + 1) * width]), g.Constant([2L])]), g.Constant([0L, 0L, heads, -1L])), ("perm", new long[] { 0, 2, 1, 3 }));
        Value Attend(Value q)
        {
            Value all = s.Dense("in_proj", q);
            Value scores = g.Add("Mul", g.Add("MatMul", Cut(all, 0), g.Add("Transpose", Cut(all, 1), ("perm", new long[] { 0, 1, 3, 2 }))), g.Constant((float)(1 / Math.Sqrt((double)width / heads))));
            scores = g.Add("Where", [g.Add("Unsqueeze", gone, g.Constant([1L, 2L])), g.Constant(-1e30f), scores]);
            Value seen = g.Add("Transpose", g.Add("MatMul", g.Add("Softmax", scores), Cut(all, 2)), ("perm", new long[] { 0, 2, 1, 3 }));
            return s.Dense("out_proj", g.Add("Reshape", seen, g.Constant([0L, 0L, width])));
        }

        Value Norm(string name, Value v) => s.Layer(name, new LayerNorm(epsilon: s.Case.Number("layer_norm_eps", 1e-5)), v);
        Value Feed(Value v) => s.Dense("ff2", s.G.Add("Gelu", s.Dense("ff1", v)));
        bool first = s.Case.Int("norm_first") != 0;
        x = first ? g.Add("Add", x, Attend(Norm("norm1", x))) : Norm("norm1", g.Add("Add", x, Attend(x)));
        x = first ? g.Add("Add", x, Feed(Norm("norm2", x))) : Norm("norm2", g.Add("Add", x, Feed(x)));
        Value there = g.Add("Where", [gone, g.Constant(0f), g.Constant(1f)]);
        Value sum = g.Add("ReduceSum", g.Add("Mul", x, g.Add("Unsqueeze", there, g.Constant([2L]))), g.Constant([1L]), ("keepdims", 0));
        return s.Dense("fc", g.Add("Div", sum, g.Add("ReduceSum", there, g.Constant([1L]), ("keepdims", 1))));
    }

    private static Value Neumf(Steps s, IReadOnlyList<Value> x)
    {
        GraphBuilder g = s.G;
        Value Look(string table, int input) => g.Add("Embedding", s.Parameter(table), x[input]);
        Value gmf = g.Add("Mul", Look("gmf.user", 0), Look("gmf.item", 1));
        Value mlp = g.Add("Concat", [Look("mlp.user", 0), Look("mlp.item", 1)], new Attributes(("axis", 1)));
        mlp = s.Call("Relu", s.Dense("fc2", s.Call("Relu", s.Dense("fc1", mlp))));
        return s.Call("Sigmoid", s.Dense("out", g.Add("Concat", [gmf, mlp], new Attributes(("axis", 1)))));
    }

    private static Value WideAndDeep(Steps s, IReadOnlyList<Value> x)
    {
        GraphBuilder g = s.G;
        string[] columns = ["workclass", "education", "marital_status", "occupation", "relationship", "race", "sex"];
        Value Ids(int c) => g.Add("Gather", [x[0], g.Constant(Tensor.Scalar((long)c))], new Attributes(("axis", 1)));
        Value wide = g.Add("Add", g.Add("Embedding", s.Parameter("wide.education_x_occupation"), x[1]), s.Parameter("wide.bias"));
        var deep = new List<Value>();
        for (int c = 0; c < columns.Length; c++)
        {
            wide = g.Add("Add", wide, g.Add("Embedding", s.Parameter("wide." + columns[c]), Ids(c)));
            deep.Add(g.Add("Embedding", s.Parameter("deep." + columns[c]), Ids(c)));
        }

        deep.Add(x[2]);
        Value d = g.Add("Concat", [.. deep], new Attributes(("axis", 1)));
        return g.Add("Add", wide, s.Dense("fc3", s.Call("Relu", s.Dense("fc2", s.Call("Relu", s.Dense("fc1", d))))));
    }

    /// <summary>A network as a function of its inputs.</summary>
    private sealed class Chain(GoldenCase c, Func<Steps, IReadOnlyList<Value>, Value> forward) : Module
    {
        public Chain(GoldenCase c, Func<Steps, Value, Value> forward) : this(c, (s, x) => forward(s, x[0]))
        {
        }

        public override Value Forward(ModuleScope scope, Value x) => forward(new Steps(scope, c), [x]);

        public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) => forward(new Steps(scope, c), inputs);
    }

    /// <summary>Layers whose widths are those of the stored weights.</summary>
    private sealed class Steps(ModuleScope scope, GoldenCase c)
    {
        public GoldenCase Case => c;

        public GraphBuilder G => scope.G;

        public long Size(string parameter, int axis) => c.Params[parameter].Shape[axis];

        public Value Layer(string name, Module layer, Value x) => scope.Call(name, layer, x);

        public Value Dense(string name, Value x) => scope.Call(name, new Linear(null, Size(name + ".weight", 0), c.Params.ContainsKey(name + ".bias")), x);

        public Value Conv(string name, Value x, long stride = 1) => scope.Call(name, new Conv2d(null, Size(name + ".weight", 0), Size(name + ".weight", 2), stride: stride, padding: Size(name + ".weight", 2) / 2, bias: false), x);

        public Value Norm(string name, Value x) => scope.Call(name, new BatchNorm(c.Number("bn_epsilon", 1e-5), c.Number("bn_torch_momentum", 0.1)), x);

        public Value Parameter(string name) => scope.Parameter(name, new Shape(c.Params[name].Shape), Initialiser.Zeros);

        public Value Call(string op, Value x) => G.Add(op, x);

        public Value Act(Value x) => G.Add(c.Text("activation", "relu") switch { "relu" => "Relu", "tanh" => "Tanh", "sigmoid" => "Sigmoid", var other => throw new NotSupportedException(other) }, x);
    }
}
