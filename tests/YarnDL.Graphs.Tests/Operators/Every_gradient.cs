using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Gradient rules, made from the operator table.</summary>
public sealed class Every_gradient
{
    private const double Step = 1e-5;

    public static IEnumerable<TheoryDataRow<string, int>> Samples()
    {
        foreach (TheoryDataRow<string, int> row in SampleCase.All())
        {
            var c = new SampleCase(row.Data.Item1, row.Data.Item2);
            bool flows = c.Outputs[0].DType == DType.Float32
                && c.Node.Inputs.Where((v, i) => v is { Kind: ValueKind.Input, DType: DType.Float32 } && !c.Node.Operator.IsConstantInput(i)).Any();
            if (c.Sample.CheckGradient && flows)
            {
                yield return row;
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Equals_the_central_difference_of_the_formula(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        Value seed = c.Builder.Input("seed", DType.Float32, c.Outputs[0].Shape);
        (Graph graph, Value[] wrt) = Differentiate(c, seed);
        foreach (int rows in c.HasRows ? [1, 3] : new[] { 1 })
        {
            Dictionary<string, Array64> drawn = c.Draw(rows, graph.Inputs);
            Array64[] gradients = Evaluator.Run(graph, drawn, rows);
            for (int k = 0; k < wrt.Length; k++)
            {
                Array64 x = drawn[wrt[k].Name];
                for (int i = 0; i < x.Data.Length; i++)
                {
                    double original = x.Data[i];
                    x.Data[i] = original + Step;
                    double above = Objective(c, drawn, rows);
                    x.Data[i] = original - Step;
                    double below = Objective(c, drawn, rows);
                    x.Data[i] = original;
                    double slope = (above - below) / (2 * Step);
                    Assert.True(Math.Abs(slope - gradients[k].Data[i]) <= 1e-6 + (1e-6 * Math.Abs(slope)), $"{op}: d/d{wrt[k].Name}[{i}] is {gradients[k].Data[i]:R}, difference {slope:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Runs_as_a_program_with_the_bits_of_any_thread_count(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        Value seed = c.Builder.Input("seed", DType.Float32, c.Outputs[0].Shape);
        (Graph graph, Value[] wrt) = Differentiate(c, seed);
        foreach (int rows in c.RowCounts)
        {
            int[] borders = rows < 4 || c.Node.Operator.RowsOf(c.Node) == RowBehaviour.Mixes ? [0, rows] : [0, 1, 1, 4, rows];
            Dictionary<string, Array64> drawn = c.Draw(rows, graph.Inputs);
            Array64[] reference = Evaluator.Run(graph, drawn, rows);
            Dictionary<string, Array> inputs = Conversions.ToArrays(graph.Inputs, drawn);
            using var runner = new Runner(graph);
            byte[][] got = runner.Run(inputs, borders);
            for (int k = 0; k < wrt.Length; k++)
            {
                Conversions.AssertClose(wrt[k], reference[k].Data, Conversions.ToDoubles(wrt[k], got[k]), 1e-4, 1e-5, $"gradient of {op} with {rows} rows");
            }

            using var other = new Runner(graph, 2, new ProgramOptions { Optimize = false, ReuseMemory = false });
            Assert.Equal(got, other.Run(inputs, borders));
        }
    }

    private static (Graph Graph, Value[] Wrt) Differentiate(SampleCase c, Value seed)
    {
        Value[] wrt = [.. c.Graph.Inputs.Where(v => v.DType == DType.Float32 && !c.Node.Operator.IsConstantInput(c.Node.Inputs.ToList().IndexOf(v)))];
        Value?[] gradients = GradientBuilder.Append(c.Builder, c.Outputs[0], seed, wrt);
        int[] flowing = [.. Enumerable.Range(0, wrt.Length).Where(k => gradients[k] is not null)];
        return (c.Builder.Build([.. flowing.Select(k => gradients[k]!)]), [.. flowing.Select(k => wrt[k])]);
    }

    private static double Objective(SampleCase c, Dictionary<string, Array64> drawn, int rows)
    {
        double[] y = Evaluator.Run(c.Graph, drawn, rows)[0].Data;
        return y.Zip(drawn["seed"].Data, (a, b) => a * b).Sum();
    }
}
