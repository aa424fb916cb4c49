using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Nn.Tests;

public sealed class ModelPartTests
{
    private static readonly InputSpec[] Image = [new("image", DType.Float32, new Shape(1, 28, 28))];

    [Fact]
    public void A_model_cut_at_a_layer_brings_its_weights_under_a_new_head()
    {
        Model old = Model.Build(new LeNet5(activation: "relu"), Image, 1);
        Module body = old.Until("fc2");
        body.Name = "body";
        body.Frozen = true;
        Model made = Model.Build(new Sequential(body, new ReLU(), new Linear(84, 3) { Name = "head" }), Image, 2);

        Assert.Equal(["body.conv1.weight", "body.conv1.bias", "body.conv2.weight", "body.conv2.bias", "body.fc1.weight", "body.fc1.bias", "body.fc2.weight", "body.fc2.bias", "head.weight", "head.bias"], made.Graph.Parameters.Select(p => p.Name));
        Assert.Equal(old.Weights("fc2.weight").ToArray(), made.Weights("body.fc2.weight").ToArray());
        Assert.Equal(made.Graph.Parameters.Select(p => p.Name).Where(n => n.StartsWith("body.", StringComparison.Ordinal)).Order(StringComparer.Ordinal), made.Frozen);
        Assert.Equal("(N, 3)", made.Graph.Outputs[0].Shape.ToString());
        Assert.Equal(Trial.Forward(old, 3), Trial.Forward(Model.Build(old.Until(), Image, 9), 3));
    }

    [Fact]
    public void A_cut_model_keeps_its_running_statistics()
    {
        Model old = Model.Build(new Sequential(new Conv2d(1, 2, 3), new BatchNorm() { Name = "bn" }), Image, 1);
        old.Weights("bn.running_mean")[1] = 0.5f;
        Model made = Model.Build(old.Until("bn"), Image, 2);
        Assert.Equal([0f, 0.5f], made.Weights("bn.running_mean").ToArray());
        Assert.Equal([1f, 1f], made.Weights("bn.running_var").ToArray());
        Assert.Equal(Trial.Forward(old, 2), Trial.Forward(made, 2));
    }

    [Fact]
    public void Parameters_are_frozen_by_module_and_by_pattern()
    {
        Model m = Model.Build(new SmallResNet(8), Image, 1);
        Assert.Equal(6, m.Freeze("layer1.0"));
        Assert.Contains("layer1.0.bn2.bias", m.Frozen);
        Assert.Equal(1, m.Unfreeze("layer1.0.conv1.weight"));
        Assert.Equal(5, m.Frozen.Count);
        Assert.Equal(3, m.Freeze("layer*.conv1.weight"));
        Assert.StartsWith("[model] there is no parameter or module layer9; ", Assert.Throws<GraphException>(() => m.Freeze("layer9")).Message);
    }

    [Fact]
    public void A_module_says_that_it_is_frozen_or_penalised_for_all_in_it()
    {
        Model m = Model.Build(new Sequential(
            new Linear(4, 3) { Name = "a", Frozen = true, WeightPenalty = new Penalty(L2: 0.1) },
            new Sequential(new Linear(3, 2) { Name = "b" }, new ReLU() { Name = "c", OutputPenalty = new Penalty(L1: 0.2) }) { Name = "part", BiasPenalty = new Penalty(L1: 0.3) }), [new("x", DType.Float32, new Shape(4))], 1);
        Assert.Equal(["a.bias", "a.weight"], m.Frozen);
        Assert.Equal(["a.weight L2 0.1", "part.b.bias L1 0.3", "output L1 0.2"], m.Penalties.Select(p => $"{p.Value.Name} {(p.Penalty.L1 > 0 ? $"L1 {p.Penalty.L1}" : $"L2 {p.Penalty.L2}")}"));
    }

    [Fact]
    public void The_summary_has_a_line_for_each_module_and_the_sums()
    {
        Model m = Model.Build(new LeNet5(), Image, 1);
        m.Freeze("conv1");
        string[] lines = m.Summary().TrimEnd('\n').Split('\n');
        Assert.Equal("conv1    Conv2d     (N, 6, 28, 28)          156", lines[1]);
        Assert.Equal("parameters 61,706, of which 61,550 learn; buffers 0", lines[^1]);
        Assert.Equal(14, lines.Length);

        // A model from a file has no modules: its layers are told by the names of its parameters, and of results that have one.
        string[] read = new Model(m.Graph, m.Parameters, m.Buffers).Summary().TrimEnd('\n').Split('\n');
        Assert.Equal(["conv1", "conv2", "flatten", "fc1", "fc2", "fc3"], read[1..^1].Select(l => l.Split(' ')[0]));
        Assert.Contains("(N, 16, 10, 10)", read[2]);
    }

    [Fact]
    public void Word_vectors_fill_an_embedding_by_word()
    {
        Embedding e = WordVectors.Read(new StringReader("3 2\ncat 1 2\ndog 0.5 -1\nbird 3 4\n"), ["<pad>", "dog", "fish", "cat"]);
        Model m = Model.Build(e, [new("words", DType.Int64, new Shape(5))], 1);
        Assert.Equal([0, 0, 0.5f, -1, 0, 0, 1, 2], m.Weights("weight").ToArray());
        Assert.Equal(["weight"], m.Frozen);
        Assert.Contains("line 2 has 1 numbers", Assert.Throws<FormatException>(() => WordVectors.Read(new StringReader("a 1 2\nb 1\n"), ["a", "b"])).Message);
    }

    [Fact]
    public unsafe void The_loss_of_a_variational_autoencoder_is_its_formula()
    {
        float[] prediction = [0.3f, -1.2f, 0.5f, -0.4f];
        float[] target = [1, 0];
        var g = new GraphBuilder("loss");
        Value p = g.Input("p", DType.Float32, new SymbolicShape(Dim.N, 4));
        Value t = g.Input("t", DType.Float32, new SymbolicShape(Dim.N, 2));
        Loss loss = Loss.From(new Spec("vae", new() { ["beta"] = 2 }));
        using var pool = new ComputePool(1);
        using var program = new Program(g.Build(loss.Numerator(g, p, t, null), loss.Denominator(g, t, null)), pool);
        prediction.CopyTo(program.Input("p", 1).Span<float>());
        target.CopyTo(program.Input("t", 1).Span<float>());
        int* borders = stackalloc int[] { 0, 1 };
        program.Run(null, null, new RowSegments(borders, 1));
        double want = Math.Log(1 + Math.Exp(-0.3)) + Math.Log(1 + Math.Exp(-1.2)) + (2 * 0.5 * ((0.5 * 0.5) + Math.Exp(-0.4) + 0.4 - 1));
        Assert.Equal(want, program.Output(0).Span<float>()[0], 1e-6);
        Assert.Equal(1, program.Output(1).Span<float>()[0]);
    }
}
