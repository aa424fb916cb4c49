using YarnDL.Graphs.Passes;
using YarnDL.Graphs.Tests.Programs;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Passes;

/// <summary>Every pass does its work, and leaves the graph that it was given alone.</summary>
public sealed class Each_pass
{
    [Fact]
    public void Constant_folding_computes_constants_and_shape_arithmetic_once()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 6));
        Value two = g.Add("Add", g.Constant(1f), g.Constant(1f));
        Value width = g.Add("Slice", [g.Add("Shape", x), g.Constant(1L), g.Constant(2L)]);
        Value shape = g.Add("Concat", [g.Constant(-1L), g.Add("Div", width, g.Constant(2L)), g.Constant(2L)], new Attributes(("axis", 0)));
        Value y = g.Add("Mul", g.Add("Reshape", x, shape), two);
        Graph graph = g.Build(y);
        Graph folded = DeadNodes.Apply(ConstantFolding.Apply(graph));
        Assert.Equal(new SymbolicShape(Dim.N, 3, 2), y.Shape);
        Assert.Equal(["Reshape", "Mul"], folded.Nodes.Select(n => n.Operator.Name));
        Assert.Equal(2f, folded.Nodes[1].Inputs[1]!.Constant!.Span<float>()[0]);
        Assert.Equal(7, graph.Nodes.Count);
    }

    [Fact]
    public void Rows_are_not_folded()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 6));
        Graph graph = g.Build(g.Add("Shape", x));
        Assert.Same(graph, ConstantFolding.Apply(graph));
        using var runner = new Runner(graph);
        Assert.Equal(BitConverter.GetBytes(5L), runner.Run(new Dictionary<string, Array> { ["x"] = new float[30] }, [0, 5])[0][..8]);
    }

    [Fact]
    public void Dead_nodes_go_and_parameters_stay()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 2));
        g.Add("Exp", g.Add("Neg", g.Parameter("unused", new Shape(3))));
        Graph live = DeadNodes.Apply(g.Build(g.Add("Tanh", x)));
        Assert.Equal("Tanh", Assert.Single(live.Nodes).Operator.Name);
        Assert.Equal(3, live.ParameterCount);
        Assert.Same(live, DeadNodes.Apply(live));
    }

    [Fact]
    public void A_product_takes_over_bias_and_activation()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 4));
        Value product = g.Add("MatMul", x, g.Parameter("w", new Shape(4, 3)));
        Graph graph = g.Build(g.Add("Sigmoid", g.Add("Add", product, g.Parameter("b", new Shape(3)))));
        Graph fused = Fusion.Apply(graph);
        Node only = Assert.Single(fused.Nodes);
        Assert.Equal("FusedGemm", only.Operator.Name);
        Assert.Equal("Sigmoid", only.Attributes.String("activation"));
        Assert.Equal(graph.Outputs[0].Name, fused.Outputs[0].Name);
        Assert.Equal(3, graph.Nodes.Count);
    }

    [Fact]
    public void A_product_that_others_read_keeps_its_result()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 4));
        Value product = g.Add("Gemm", x, g.Parameter("w", new Shape(4, 3)));
        Graph graph = g.Build(g.Add("Relu", product), product);
        Assert.Same(graph, Fusion.Apply(graph));
        Value scaled = g.Add("Gemm", x, g.Parameters[0], ("alpha", 2f));
        Graph alpha = g.Build(g.Add("Relu", scaled));
        Graph slice = DeadNodes.Apply(alpha);
        Assert.Same(slice, Fusion.Apply(slice));
    }

    [Fact]
    public void Gradients_reuse_what_the_forward_pass_knows()
    {
        Graph graph = SmallNet.Build();
        Assert.Contains(graph.Nodes, n => n.Operator.Name == "MaxPoolIndices");
        Graph shared = SharedWork.Apply(graph);
        string[] names = [.. shared.Nodes.Select(n => n.Operator.Name)];
        Assert.Contains("MaxPoolWithIndices", names);
        Assert.DoesNotContain("MaxPool", names);
        Assert.DoesNotContain("MaxPoolIndices", names);
        Assert.DoesNotContain("LogSoftmax", names);
        Assert.Equal(2, shared.Nodes.Single(n => n.Operator.Name == "SoftmaxCrossEntropy").Outputs.Count);
        Assert.Equal(graph.Nodes.Count - 2, shared.Nodes.Count);
    }
}
