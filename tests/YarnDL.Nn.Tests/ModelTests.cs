using System.Text.Json.Nodes;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Nn.Tests;

public sealed class ModelTests
{
    private static readonly InputSpec[] Image = [new("image", DType.Float32, new Shape(1, 28, 28))];

    [Fact]
    public void A_sequential_names_parameters_by_position_and_by_given_name()
    {
        Model m = Model.Build(new Sequential(new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(1176, 10) { Name = "head" }), Image, 1);

        Assert.Equal(["0.weight", "0.bias", "head.weight", "head.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.Equal("(N, 10)", m.Graph.Outputs[0].Shape.ToString());
        Assert.Equal("output", m.Graph.Outputs[0].Name);
        Assert.Equal(m.Graph.ParameterCount, m.Parameters.Shape.ElementCount);
    }

    [Fact]
    public void An_own_module_names_its_children_by_their_fields()
    {
        Model m = Model.Build(new LeNet5(), Image, 1);

        Assert.Equal(["conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias", "fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias", "fc3.weight", "fc3.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.Equal(61_706, m.Graph.ParameterCount);
    }

    [Fact]
    public void A_functional_model_joins_branches_and_has_named_outputs()
    {
        Symbol x = Input.Of("x", 4);
        Symbol z = Input.Of("z", 4);
        var shared = new Linear(4, 3) { Name = "shared" };
        Symbol sum = new Add().Apply(shared.Apply(x), shared.Apply(z));
        Model m = Model.Build(new Functional([x, z], ("logits", new Linear(3, 2).Apply(sum)), ("sum", sum), ("again", sum)), 1);

        Assert.Equal(["shared.weight", "shared.bias", "2.weight", "2.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.Equal(["logits", "sum", "again"], m.Graph.Outputs.Select(o => o.Name));
        Assert.Equal(["x", "z"], m.Graph.Inputs.Select(o => o.Name));
    }

    [Fact]
    public void The_three_styles_give_the_same_graph_and_weights()
    {
        Symbol x = Input.Of("x", 8);
        Model functional = Model.Build(new Functional([x], new Linear(null, 2) { Name = "fc2" }.Apply(new ReLU().Apply(new Linear(8, 5) { Name = "fc1" }.Apply(x)))), 7);
        InputSpec[] input = [new("x", DType.Float32, new Shape(8))];
        Model sequential = Model.Build(new Sequential(new Linear(8, 5) { Name = "fc1" }, new ReLU(), new Linear(5, 2) { Name = "fc2" }), input, 7);
        Model module = Model.Build(new Mlp(2, [5]), input, 7);

        foreach (Model other in (Model[])[sequential, module])
        {
            Assert.Equal(functional.Graph.Parameters.Select(p => p.ToString()), other.Graph.Parameters.Select(p => p.ToString()));
            Assert.Equal(functional.Graph.Nodes.Select(n => n.Operator.Name), other.Graph.Nodes.Select(n => n.Operator.Name));
            Assert.Equal(functional.Parameters.Span<float>().ToArray(), other.Parameters.Span<float>().ToArray());
        }
    }

    [Fact]
    public void First_weights_depend_on_the_seed_and_lie_within_PyTorchs_bounds()
    {
        Model a = Model.Build(new LeNet5(), Image, 1);
        Model b = Model.Build(new LeNet5(), Image, 1);
        Model c = Model.Build(new LeNet5(), Image, 2);

        Assert.Equal(a.Parameters.Span<float>().ToArray(), b.Parameters.Span<float>().ToArray());
        Assert.NotEqual(a.Parameters.Span<float>().ToArray(), c.Parameters.Span<float>().ToArray());
        foreach ((string layer, int fan) in (ReadOnlySpan<(string, int)>)[("conv1", 25), ("conv2", 150), ("fc1", 400), ("fc2", 120), ("fc3", 84)])
        {
            double bound = 1 / Math.Sqrt(fan);
            foreach (string part in (string[])["weight", "bias"])
            {
                float[] w = a.Weights($"{layer}.{part}").ToArray();
                Assert.All(w, x => Assert.True(Math.Abs(x) <= bound * 1.000001));
                Assert.True(w.Length < 50 || (w.Max() > bound * 0.9 && w.Min() < -bound * 0.9), $"{layer}.{part} does not fill its range");
            }
        }
    }

    [Fact]
    public unsafe void A_model_built_from_a_list_of_layers_runs()
    {
        var layers = (JsonArray)JsonNode.Parse("""
            [{"conv2d": {"out": 4, "kernel": 3, "padding": 1, "name": "first"}}, "tanh", {"type": "avgpool2d", "kernel": 2}, "flatten",
             {"linear": {"out": 3, "weightInit": "ones", "biasInit": {"constant": {"value": 0.5}}}}, {"softmax": {}}]
            """)!;
        Model m = Model.Build(LayerRegistry.Create(layers), [new("image", DType.Float32, new Shape(2, 6, 6))], 3);
        Assert.Equal(["first.weight", "first.bias", "4.weight", "4.bias"], m.Graph.Parameters.Select(p => p.Name));
        Assert.All(m.Weights("4.bias").ToArray(), b => Assert.Equal(0.5f, b));

        using var pool = new ComputePool(1);
        using var program = new Program(m.Graph, pool);
        program.Input("image", 2).Span<float>().Fill(0.25f);
        int* borders = stackalloc int[] { 0, 2 };
        program.Run(m.Parameters.View.F32, null, new RowSegments(borders, 1));
        Assert.All(program.Output("output").Span<float>().ToArray(), p => Assert.Equal(1f / 3, p, 1e-6f));
    }

    [Fact]
    public void Wrong_shapes_are_refused_with_what_was_seen_and_what_must_hold()
    {
        InputSpec[] colour = [new("image", DType.Float32, new Shape(3, 28, 28))];
        var conv = Assert.Throws<GraphException>(() => Model.Build(new Sequential(new Conv2d(1, 64, 7) { Name = "conv1" }), colour, 1));
        Assert.Equal("[conv2d] conv1: input has 3 channels, weight (64, 1, 7, 7) expects 1; add a Grayscale() feature or change inChannels", conv.Message);
        var linear = Assert.Throws<GraphException>(() => Model.Build(new Sequential(new Flatten(), new Linear(784, 10)), colour, 1));
        Assert.Equal("[linear] 1: input has 2352 features, weight (10, 784) expects 784; set inFeatures to 2352 or leave it out", linear.Message);
        var flat = Assert.Throws<GraphException>(() => Model.Build(new Linear(784, 10), colour, 1));
        Assert.Contains("put Flatten() before it", flat.Message);
    }

    [Fact]
    public void A_model_of_more_numbers_than_it_can_hold_is_refused_at_the_layer_that_is_too_large()
    {
        InputSpec[] input = [new("x", DType.Float32, new Shape(3))];
        var wide = new Sequential(new Linear(null, 1_000_000), new Linear(null, 1_000_000) { Name = "wide" });
        Assert.Equal(
            "[linear] wide: weight of shape (1000000, 1000000) would bring the model to 1000004000000 numbers; a model holds at most 2147483647; make this layer smaller",
            Assert.Throws<GraphException>(() => Model.Build(wide, input, 1)).Message);
    }

    [Theory]
    [InlineData("[{\"linear\": {\"out\": -3}}]", "[linear] 0: its sizes and input (N, 2, 6) do not go together ([shape] extent -3 is negative; extents are 0 or more); sizes and counts must be positive and within memory; correct them")]
    [InlineData("[{\"multiheadattention\": {\"heads\": 0}}]", "[multiheadattention] 0: queries are (N, 2, 6), 1 inputs besides the masks, 0 heads; give (N, L, E), perhaps memory or keys and values; heads divide E")]
    [InlineData("[{\"narrow\": {\"axis\": 2, \"offset\": 4, \"length\": 3}}]", "[narrow] 0: 3 places from 4 of axis 2, which has 6; offset and length must lie within the axis, with at least one place")]
    [InlineData("[{\"narrow\": {\"axis\": 3, \"offset\": 0, \"length\": 1}}]", "[narrow] 0: axis 3 of (N, 2, 6); it must be an axis of the input behind the rows, counted from 1 or, from the last, -1")]
    [InlineData("[{\"select\": {\"axis\": 1, \"index\": -3}}]", "[select] 0: place -3 of axis 1, which has 2; it must be -2 to 1")]
    [InlineData("[{\"index\": {\"axis\": 0, \"places\": [0]}}]", "[index] 0: axis 0 of (N, 2, 6); it must be an axis of the input behind the rows, counted from 1 or, from the last, -1")]
    public void Sizes_that_cannot_be_are_refused_with_the_path_of_their_layer(string layers, string message)
    {
        InputSpec[] input = [new("x", DType.Float32, new Shape(2, 6))];
        Assert.Equal(message, Assert.Throws<GraphException>(() => Model.Build(LayerRegistry.Create((JsonArray)JsonNode.Parse(layers)!), input, 1)).Message);
    }

    [Fact]
    public void A_factory_that_gives_null_is_told_by_name()
    {
        Registry<Module> own = new Registry<Module>("layer").Register("mine", _ => null!);
        Assert.Equal("[layer] mine was registered with a factory that gave null; it must give a new layer", Assert.Throws<SpecException>(() => own.Create(new Spec("mine"))).Message);
    }

    [Fact]
    public void A_missing_module_is_refused_with_its_place() =>
        Assert.Equal("[sequential] module 1 is null; give a module", Assert.Throws<GraphException>(() => Model.Build(new Sequential(new ReLU(), null!), [new("x", DType.Float32, new Shape(3))], 1)).Message);

    [Fact]
    public void A_value_that_no_memory_holds_is_refused_before_any_is_taken()
    {
        Model m = Model.Build(new ReLU(), [new("x", DType.Float32, new Shape(1L << 31, 1L << 30))], 1);
        using var pool = new ComputePool(1);
        using var program = new Program(m.Graph, pool);
        Assert.Contains("more than any memory holds", Assert.Throws<ArenaLimitException>(() => program.Input("x", 1)).Message);
    }

    [Fact]
    public void A_mistyped_layer_or_option_is_refused_with_the_nearest_name()
    {
        static string Message(string layers) => Assert.Throws<SpecException>(() => LayerRegistry.Create((JsonArray)JsonNode.Parse(layers)!)).Message;
        Assert.Equal("layers[1] [layer] there is no layer linaer; did you mean linear?", Message("""["relu", {"linaer": {"out": 1}}]"""));
        Assert.Equal("layers[0] [conv2d] there is no option kernal; did you mean kernel?", Message("""[{"conv2d": {"out": 1, "kernel": 3, "kernal": 3}}]"""));
        Assert.Equal("layers[0] [linear] out is \"ten\"; it must be an integer", Message("""[{"linear": {"out": "ten"}}]"""));
        Assert.Equal("layers[0] [linear] option out is missing; give it", Message("""["linear"]"""));
        Assert.Equal("[model] there is no model lenet; did you mean lenet5?", Assert.Throws<SpecException>(() => ModelRegistry.Create(new Spec("lenet"))).Message);
    }

    [Fact]
    public void Every_optimizer_schedule_loss_and_metric_survives_its_spec()
    {
        JsonObject required = new()
        {
            ["learningRate"] = 0.1,
            ["size"] = 2,
            ["gamma"] = 0.5,
            ["milestones"] = new JsonArray(1, 2),
            ["decay"] = 0.1,
            ["steps"] = 5,
            ["classes"] = 3,
            ["first"] = 4,
            ["delta"] = 0.1,
            ["schedules"] = new JsonArray("constant"),
            ["epochs"] = new JsonArray(1, 3),
            ["powers"] = new JsonArray(0, 1),
            ["rates"] = new JsonArray(0.1, 0.2),
            ["width"] = 8,
            ["low"] = 0.1,
            ["high"] = 1,
            ["start"] = 0.5,
            ["warmUp"] = 4,
            ["loss"] = "mse"
        };
        Check(Optimizer.All, o => o.Spec);
        Check(Schedule.All, o => o.Spec);
        Check(Loss.All, o => o.Spec);
        Check(Metric.All, o => o.Spec);

        void Check<T>(Registry<T> registry, Func<T, Spec> spec) where T : class
        {
            Assert.NotEmpty(registry.Names);
            foreach (string name in registry.Names)
            {
                var options = new JsonObject();
                T? made = null;
                while (made is null)
                {
                    try
                    {
                        made = registry.Create(new Spec(name, options));
                    }
                    catch (SpecException e) when (e.Key is { } key && required.ContainsKey(key) && !options.ContainsKey(key))
                    {
                        options[key] = required[key]!.DeepClone();
                    }
                }

                Assert.Equal(name, spec(made).Type);
                string json = spec(made).ToJson().ToJsonString();
                Assert.Equal(json, spec(registry.Create(Spec.FromJson(JsonNode.Parse(json)))).ToJson().ToJsonString());
            }
        }
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("adamw")]
    [InlineData("adamax")]
    [InlineData("nadam")]
    [InlineData("radam")]
    [InlineData("adagrad")]
    [InlineData("adadelta")]
    [InlineData("rmsprop")]
    [InlineData("tfRmsprop")]
    [InlineData("rprop")]
    [InlineData("asgd")]
    [InlineData("ftrl")]
    [InlineData("lion")]
    [InlineData("adamWeightDecay")]
    [InlineData("sparseAdam")]
    public void An_update_gives_the_same_bits_however_the_vector_is_sliced(string name)
    {
        Optimizer optimizer = Optimizer.From(new Spec(name, name switch
        {
            "sgd" => new() { ["learningRate"] = 0.1, ["momentum"] = 0.9, ["nesterov"] = true, ["weightDecay"] = 0.01 },
            "adam" or "adamw" => new() { ["amsgrad"] = true, ["weightDecay"] = 0.01 },
            "rmsprop" or "tfRmsprop" => new() { ["centered"] = true, ["momentum"] = 0.9 },
            "ftrl" => new() { ["power"] = -0.3, ["l1"] = 0.01 },
            _ => [],
        }));
        float[] start = new float[101];
        float[] gradient = new float[101];
        Initialiser.Normal().Fill(start, new Shape(101), 5, 0);
        Initialiser.Normal().Fill(gradient, new Shape(101), 5, 1);
        float[]? whole = null;
        foreach (int slice in (ReadOnlySpan<int>)[101, 1, 7, 8, 33])
        {
            var weights = (float[])start.Clone();
            Memory<float>[] state = [.. optimizer.StateNames.Select(_ => new float[101].AsMemory())];
            for (int s = 0; s < state.Length; s++)
            {
                state[s].Span.Fill(optimizer.InitialState(s));
            }

            for (int step = 0; step < 3; step++)
            {
                for (int at = 0; at < 101; at += slice)
                {
                    int n = Math.Min(slice, 101 - at);
                    optimizer.Update(weights.AsSpan(at, n), gradient.AsSpan(at, n), Array.ConvertAll(state, s => s.Slice(at, n)), new UpdateStep(step, 0.01));
                }
            }

            whole ??= weights;
            Assert.Equal(whole, weights);
        }

        Assert.NotEqual(start, whole);
    }

    [Theory]
    [InlineData("lars")]
    [InlineData("lamb")]
    public void Norms_are_the_same_bits_whoever_measures_the_blocks(string name)
    {
        var optimizer = (NormOptimizer)Optimizer.From(new Spec(name, new() { ["learningRate"] = 0.1, ["weightDecay"] = 0.01 }));
        int count = (5 * NormOptimizer.Block) + 77;
        float[] weights = new float[count];
        float[] gradient = new float[count];
        Initialiser.Normal().Fill(weights, new Shape(count), 5, 0);
        Initialiser.Normal().Fill(gradient, new Shape(count), 5, 1);
        float[] start = (float[])weights.Clone();
        Memory<float>[] State() => [.. optimizer.StateNames.Select(_ => new float[count].AsMemory())];
        optimizer.Update(weights, gradient, State(), new UpdateStep(0, 0.1));

        float[] apart = (float[])start.Clone();
        Memory<float>[] state = State();
        var squares = new double[6 * optimizer.Norms];
        var norms = new double[optimizer.Norms];
        Memory<float>[] Slices(int block) => Array.ConvertAll(state, s => s[(block * NormOptimizer.Block)..Math.Min(count, (block + 1) * NormOptimizer.Block)]);
        Range Of(int block) => (block * NormOptimizer.Block)..Math.Min(count, (block + 1) * NormOptimizer.Block);
        foreach (int b in (ReadOnlySpan<int>)[3, 0, 5, 2, 4, 1])
        {
            optimizer.Measure(apart.AsSpan()[Of(b)], gradient.AsSpan()[Of(b)], Slices(b), new UpdateStep(0, 0.1), squares.AsSpan(b * optimizer.Norms, optimizer.Norms));
        }

        optimizer.Total(squares, norms);
        foreach (int b in (ReadOnlySpan<int>)[5, 4, 0, 1, 3, 2])
        {
            optimizer.Finish(apart.AsSpan()[Of(b)], gradient.AsSpan()[Of(b)], Slices(b), new UpdateStep(0, 0.1), norms);
        }

        Assert.Equal(weights, apart);
        Assert.NotEqual(start, apart);
        double exact = 0;
        foreach (float w in start)
        {
            exact += (double)w * w;
        }

        Assert.Equal(Math.Sqrt(exact), norms[0], 1e-9 * norms[0]);
    }
}
