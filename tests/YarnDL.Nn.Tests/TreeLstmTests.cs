using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Nn.Tests;

/// <summary>Trees beside their reference case, several of them in one batch.</summary>
public sealed class TreeLstmTests
{
    [Fact]
    public unsafe void Nodes_of_a_tree_have_the_states_of_the_reference_whatever_stands_beside_it()
    {
        GoldenCase c = Golden.Group("layers").First(x => x.Name == "tree_lstm_binary");
        (int leaves, int width, int nodes) = ((int)c.Inputs["X"].Shape[0], (int)c.Inputs["X"].Shape[1], (int)c.Inputs["tree"].Shape[0]);
        int hidden = (int)c.Int("hidden_size");
        var layer = new TreeLSTM(hidden, nodes: true);
        Model m = Model.Build(layer, [new("x", DType.Float32, new Shape(leaves, width)), new("tree", DType.Int64, new Shape(nodes, 3))], 1);
        foreach ((string own, string theirs) in ((string, string)[])[("leaf_cell.weight", "Wc"), ("leaf_cell.bias", "bc"), ("leaf_gate.weight", "Wo"), ("leaf_gate.bias", "bo"), ("left", "UL"), ("right", "UR"), ("bias", "b")])
        {
            c.Params[theirs].Floats().CopyTo(m.Weights(own));
        }

        GraphBuilder g = GraphBuilder.From(m.Graph);
        Value?[] gradients = GradientBuilder.Append(g, g.Add("ReduceSum", m.Graph.Outputs[0], ("keepdims", 0)), g.Constant(1f), m.Graph.Parameters);
        Assert.DoesNotContain(null, gradients);
        using var pool = new ComputePool(2);
        using var program = new Program(m.Graph, pool);
        const int Rows = 3;
        Span<float> x = program.Input("x", Rows).Span<float>();
        Span<long> tree = program.Input("tree", Rows).Span<long>();
        for (int row = 0; row < Rows; row++)
        {
            for (int i = 0; i < leaves * width; i++)
            {
                x[(row * leaves * width) + i] = row == 1 ? c.Inputs["X"].Floats()[i] : 0.1f * (i + row);
            }

            for (int i = 0; i < nodes * 3; i++)
            {
                tree[(row * nodes * 3) + i] = row == 1 ? (long)c.Inputs["tree"].Doubles()[i] : i % 3 == 2 ? 0 : -1;
            }
        }

        int* borders = stackalloc int[] { 0, Rows };
        program.Run(m.Parameters.View.F32, m.Buffers.View.F32, new RowSegments(borders, 1));
        ReadOnlySpan<float> h = program.Output(0).Span<float>().Slice(nodes * hidden, nodes * hidden);
        float[] want = c.Outputs["h"].Floats();
        for (int i = 0; i < want.Length; i++)
        {
            Assert.Equal(want[i], h[i], 1e-5f);
        }
    }
}
