using YarnDL.Graphs.Gradients;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests;

/// <summary>Reverse accumulation over whole graphs.</summary>
public sealed class Gradient_graphs
{
    [Fact]
    public void Contributions_of_several_uses_are_added()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N));
        Value y = g.Add("Add", g.Add("Mul", x, x), g.Add("Exp", x));
        Value? dx = GradientBuilder.Append(g, y, g.Input("seed", DType.Float32, new(Dim.N)), [x])[0];
        using var runner = new Runner(g.Build(dx!));
        float got = Runner.Floats(runner.Run(new Dictionary<string, Array> { ["x"] = new[] { 2f }, ["seed"] = new[] { 1f } }, [0, 1])[0])[0];
        Assert.Equal(4 + Math.Exp(2), got, 1e-5);
    }

    [Fact]
    public void A_value_that_does_not_reach_the_root_has_no_gradient()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N));
        Value other = g.Input("other", DType.Float32, new(Dim.N));
        Value y = g.Add("Neg", x);
        Value?[] gradients = GradientBuilder.Append(g, y, g.Input("seed", DType.Float32, new(Dim.N)), [x, other]);
        Assert.NotNull(gradients[0]);
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void A_forward_only_operator_on_the_way_is_named()
    {
        var g = new GraphBuilder("g");
        Value table = g.Parameter("table", new Shape(5, 2));
        Value y = g.Add("ScatterND", [table, g.Constant(Tensor.From<long>(new Shape(1, 1), [3])), g.Input("update", DType.Float32, new(1, 2))], new Attributes(("reduction", "max")));
        GraphException e = Assert.Throws<GraphException>(() => GradientBuilder.Append(g, y, g.Input("seed", DType.Float32, y.Shape), [table]));
        Assert.Contains("[ScatterND] is forward only", e.Message);
    }

    [Fact]
    public void A_mean_over_rows_is_refused_since_shards_would_change_it()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 2));
        Value y = g.Add("ReduceMean", [x], new Attributes(("keepdims", 0)));
        Assert.Contains("denominator", Assert.Throws<GraphException>(() => GradientBuilder.Append(g, y, g.Constant(1f), [x])).Message);
    }

    [Fact]
    public void A_seed_of_another_shape_is_refused()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N));
        Assert.Throws<GraphException>(() => GradientBuilder.Append(g, g.Add("Neg", x), g.Constant(1f), [x]));
    }

    [Fact]
    public void A_parameter_used_for_every_row_gets_the_sum_over_rows()
    {
        var g = new GraphBuilder("g");
        Value x = g.Input("x", DType.Float32, new(Dim.N, 2));
        Value scale = g.Parameter("scale", new Shape(2));
        Value y = g.Add("Mul", x, g.Add("Exp", scale));
        Value? gradient = GradientBuilder.Append(g, y, x, [scale])[0];
        Assert.True(gradient!.Shape.IsFixed);
        Node sum = Assert.Single(g.Nodes, n => n.Operator.Name == "ReduceSum");
        Assert.Equal(RowBehaviour.Reduces, sum.Operator.RowsOf(sum));
    }
}
