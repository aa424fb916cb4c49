using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Passes;
using YarnDL.Graphs.Programs;

namespace YarnDL.Graphs.Tests.Passes;

/// <summary>The form in which a graph trains.</summary>
public sealed class Training_form
{
    [Fact]
    public void Every_random_node_gets_a_stream_of_its_own_and_Dropout_its_ratio()
    {
        Graph trains = TrainingForm.Apply(Net(out _)).Graph;
        Node[] random = [.. trains.Nodes.Where(n => n.Operator.UsesRandomness)];
        Assert.Equal(["KeyedDropout", "GaussianNoise", "KeyedDropout"], random.Select(n => n.Operator.Name));
        Assert.Equal([0L, 1, 2], random.Select(n => n.Attributes.Int("stream")));
        Assert.Equal(0.25f, random[0].Attributes.Float("ratio"));
        Assert.Equal(0.5f, random[2].Attributes.Float("ratio"));
    }

    [Fact]
    public void At_rest_nothing_is_drawn()
    {
        Graph net = Net(out Value x);
        using var runner = new Runner(net);
        float[] given = [1, 2, 3, 4, 5, 6];
        byte[][] got = runner.Run(new Dictionary<string, Array> { [x.Name] = given }, [0, 2]);
        Assert.Equal(given, Runner.Floats(got[0]));
        Assert.DoesNotContain(runner.Program.Compiled.Nodes, n => n.Operator.UsesRandomness);
    }

    [Fact]
    public void The_gradient_sees_the_mask_of_the_result_and_draws_it_once()
    {
        var g = new GraphBuilder("mask");
        Value x = g.Input("x", YarnDL.Tensors.DType.Float32, new(Dim.N, 64));
        Value y = g.Add("Dropout", x);
        GraphBuilder trains = GraphBuilder.From(TrainingForm.Apply(g.Build(y)).Graph);
        Value result = trains.Nodes[^1].Outputs[0]!;
        Value dx = GradientBuilder.Append(trains, result, x, [x])[0]!;
        using var runner = new Runner(trains.Build(result, dx));
        var ones = new float[4 * 64];
        Array.Fill(ones, 1);
        byte[][] got = runner.Run(new Dictionary<string, Array> { ["x"] = ones }, [0, 4]);
        Assert.Equal(got[0], got[1]);
        Assert.InRange(Runner.Floats(got[0]).Count(v => v == 0), 80, 176);
        Assert.Single(runner.Program.Compiled.Nodes, n => n.Operator.UsesRandomness);
    }

    private static Graph Net(out Value x)
    {
        var g = new GraphBuilder("net");
        x = g.Input("x", YarnDL.Tensors.DType.Float32, new(Dim.N, 3));
        Value y = g.Add("Dropout", x, g.Constant(0.25f));
        y = g.Add("GaussianNoise", y, ("deviation", 0.5f));
        return g.Build(g.Add("KeyedDropout", y, ("channels", 1)));
    }
}
