using YarnDL.Graphs.Programs;
using YarnDL.Graphs.Tests.Reference;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Tests made from the operator table: each runs on every sample of every operator.</summary>
public sealed class Every_operator
{
    /// <summary>Their inputs cannot be drawn at random; the gradients of the named operator run them.</summary>
    private static readonly Dictionary<string, string> SampledBy = new() { ["MaxPoolGrad"] = "MaxPool" };

    public static IEnumerable<TheoryDataRow<string, int>> Samples() => SampleCase.All();

    [Fact]
    public void Has_samples_a_reference_formula_and_a_doc_line()
    {
        foreach (Operator o in OperatorTable.All.Where(o => o.Domain is "" or "yarndl"))
        {
            Assert.True(o.Samples.Count > 0 || SampledBy.ContainsKey(o.Name), $"{o.Name} has no samples");
            Assert.True(Reference.Operators.All.ContainsKey(o.Name), $"{o.Name} has no reference formula");
            Assert.EndsWith(".", o.Doc);
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Agrees_with_its_formula_in_double_precision(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        using var runner = new Runner(c.Graph);
        foreach (int rows in c.RowCounts)
        {
            Dictionary<string, Array64> drawn = c.Draw(rows, c.Graph.Inputs);
            Array64[] reference = Evaluator.Run(c.Graph, drawn, rows);
            byte[][] got = runner.Run(Conversions.ToArrays(c.Graph.Inputs, drawn), [0, rows]);
            for (int i = 0; i < got.Length; i++)
            {
                (double relative, double absolute) = c.Node.Operator.Tolerance;
                Conversions.AssertClose(c.Outputs[i], reference[i].Data, Conversions.ToDoubles(c.Outputs[i], got[i]), relative, absolute, $"{op} with {rows} rows");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Gives_the_same_bits_with_other_threads_memory_and_passes(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        foreach (int rows in c.RowCounts)
        {
            Dictionary<string, Array> inputs = Conversions.ToArrays(c.Graph.Inputs, c.Draw(rows, c.Graph.Inputs));
            byte[][] one = Run(c.Graph, 1, null, inputs, [0, rows]);
            Conversions.AssertSame(one, Run(c.Graph, 2, null, inputs, [0, rows]), "two threads");
            Conversions.AssertSame(one, Run(c.Graph, 2, new ProgramOptions { Optimize = false, ReuseMemory = false }, inputs, [0, rows]), "without passes");
        }

        int many = c.ManyRows;
        int[] borders = many == 1 ? [0, 1] : [0, many / 3, many];
        Dictionary<string, Array> large = Conversions.ToArrays(c.Graph.Inputs, c.Draw(many, c.Graph.Inputs));
        Conversions.AssertSame(Run(c.Graph, 1, null, large, borders), Run(c.Graph, 3, null, large, borders), $"three threads with {many} rows");
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Computes_a_row_alone_as_in_a_batch_and_sums_rows_by_the_tree(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        if (!c.HasRows)
        {
            return;
        }

        int[] borders = [0, 3, 3, 4, 9, 9, 14];
        Dictionary<string, Array64> drawn = c.Draw(borders[^1], c.Graph.Inputs);
        byte[][] whole = Run(c.Graph, 2, null, Conversions.ToArrays(c.Graph.Inputs, drawn), borders);
        bool perRow = c.Node.Operator.RowsOf(c.Node) == RowBehaviour.PerRow;
        int[] cuts = perRow ? [.. Enumerable.Range(0, borders[^1] + 1)] : borders;
        var parts = new double[]?[cuts.Length - 1][];
        using var runner = new Runner(c.Graph);
        for (int p = 0; p + 1 < cuts.Length; p++)
        {
            int count = cuts[p + 1] - cuts[p];
            Dictionary<string, Array64> part = c.Graph.Inputs.ToDictionary(v => v.Name, v => Conversions.Rows(v, drawn[v.Name], cuts[p], count));
            byte[][] got = runner.Run(Conversions.ToArrays(c.Graph.Inputs, part), [0, count], first: cuts[p]);
            parts[p] = [.. got.Select((bytes, i) => count == 0 ? null : Conversions.ToDoubles(c.Outputs[i], bytes))];
        }

        for (int i = 0; i < whole.Length; i++)
        {
            double[] all = Conversions.ToDoubles(c.Outputs[i], whole[i]);
            if (c.Outputs[i].Shape.RowAxis < 0 && !perRow)
            {
                Assert.Equal(Tree([.. parts.Select(p => p[i])], 0, 8), all);
                continue;
            }

            for (int p = 0; p < parts.Length; p++)
            {
                if (op == "Shape" || parts[p][i] is not { } alone)
                {
                    continue;
                }

                var y = new Array64(c.Outputs[i].Shape.At(borders[^1]).Dims.ToArray(), all);
                Assert.Equal(Conversions.Rows(c.Outputs[i], y, cuts[p], cuts[p + 1] - cuts[p]).Data, alone);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Means_the_same_as_its_decomposition_into_onnx_operators(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        if (c.Node.Operator.Decompose(c.Builder, c.Node) is not { } same)
        {
            return;
        }

        Graph graph = GraphSlice.To(c.Builder.Build([.. same]), [.. same]);
        Assert.All(graph.Nodes, n => Assert.Equal("", n.Operator.Domain));
        foreach (int rows in c.RowCounts)
        {
            Dictionary<string, Array64> drawn = c.Draw(rows, c.Graph.Inputs);
            Array64[] expected = Evaluator.Run(c.Graph, drawn, rows);
            Array64[] got = Evaluator.Run(graph, drawn, rows);
            for (int i = 0; i < got.Length; i++)
            {
                Assert.Equal(expected[i].Shape, got[i].Shape);
                Conversions.AssertClose(same[i], expected[i].Data, got[i].Data, 1e-12, 1e-12, op);
            }
        }
    }

    private static byte[][] Run(Graph graph, int threads, ProgramOptions? options, Dictionary<string, Array> inputs, int[] borders)
    {
        using var runner = new Runner(graph, threads, options);
        return runner.Run(inputs, borders);
    }

    private static double[]? Tree(double[]?[] leaves, int first, int size)
    {
        if (size == 1)
        {
            return first < leaves.Length ? leaves[first] : null;
        }

        double[]? left = Tree(leaves, first, size / 2);
        double[]? right = Tree(leaves, first + (size / 2), size / 2);
        return left is null ? right : right is null ? left : [.. left.Zip(right, (a, b) => (double)((float)a + (float)b))];
    }
}
