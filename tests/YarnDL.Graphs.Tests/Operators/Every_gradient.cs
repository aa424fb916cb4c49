using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Gradient rules, made from the operator table.</summary>
public sealed class Every_gradient
{
    private const double Step = 1e-5;

    /// <summary>Coordinates of an input that are checked one by one; all of a larger input are checked together along directions.</summary>
    private const int Coordinates = 24;

    /// <summary>An output through which nothing flows back, as its operator says by name.</summary>
    private static readonly (string, int) SavedForGradient = ("SoftmaxCrossEntropy", 1);

    /// <summary>
    /// Rows whose gradient no difference checks, with the reason. Those that take or give no float, and those that refuse a gradient by name, need none.
    /// </summary>
    private static readonly Dictionary<string, string> Unchecked = new()
    {
        ["DynamicQuantizeLinear"] = "its scale is a statistic of the input, made when the model is used",
        ["EyeLike"] = "the content of its input is not read",
        ["GRUGrad"] = "second derivatives of recurrent layers are refused by name",
        ["LSTMGrad"] = "second derivatives of recurrent layers are refused by name",
        ["OneHot"] = "its two values are constants",
        ["RandomMask"] = "the content of its input is not read",
        ["RandomNormal"] = "the content of its input is not read",
        ["RandomUniform"] = "the content of its input is not read",
        ["RNNGrad"] = "second derivatives of recurrent layers are refused by name",
        ["SegmentCount"] = "the content of its input is not read",
        ["SumOverSegments"] = "it carries buffers out of a program, which are not trained",
        ["Unique"] = "its result jumps: nothing flows, as in PyTorch",
    };

    /// <summary>What flows back is the slope times the attribute scale, by definition.</summary>
    private const string Scaled = "GradientScale";

    public static IEnumerable<TheoryDataRow<string, int>> Samples()
    {
        foreach (TheoryDataRow<string, int> row in SampleCase.All())
        {
            var c = new SampleCase(row.Data.Item1, row.Data.Item2);
            if ((c.Sample.CheckGradient || row.Data.Item1 == Scaled) && c.Outputs.Any(o => o.DType == DType.Float32) && c.Differentiable.Length > 0)
            {
                yield return row;
            }
        }
    }

    [Fact]
    public void Is_checked_for_every_input_of_every_row_or_has_a_reason()
    {
        HashSet<(string, int)> samples = [.. Samples().Select(r => (r.Data.Item1, r.Data.Item2))];
        var wrong = new List<string>();
        foreach (IGrouping<string, SampleCase> row in SampleCase.All().Select(r => (r.Data.Item1, Case: new SampleCase(r.Data.Item1, r.Data.Item2))).GroupBy(p => p.Item1, p => p.Case))
        {
            SampleCase[] cases = [.. row];
            int[] open = [.. Moving(cases).Except(Moving(cases.Where((_, i) => samples.Contains((row.Key, i)))))];
            bool none = !cases.Where((_, i) => samples.Contains((row.Key, i))).Any();
            bool excused = !cases.Any(c => c.Outputs.Any(IsFloat) && c.Graph.Inputs.Any(IsFloat)) || cases.All(Refuses);
            if (none && !excused && !Unchecked.ContainsKey(row.Key))
            {
                wrong.Add($"{row.Key}: no sample checks its gradient");
            }
            else if ((!none || excused) && Unchecked.ContainsKey(row.Key))
            {
                wrong.Add($"{row.Key} needs no reason: take it off the list");
            }
            else if (!none && open.Length > 0)
            {
                wrong.Add($"{row.Key}: the gradient of input {string.Join(", ", open)} is not checked");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Equals_the_central_difference_of_the_formula(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        (Graph graph, Value[] wrt, bool[] flows) = Differentiate(c);
        Value[] seeds = [.. graph.Inputs.Except(c.Graph.Inputs)];
        foreach (int rows in c.HasRows ? [1, 3] : new[] { 1 })
        {
            Dictionary<string, Array64> drawn = c.Draw(rows, c.Graph.Inputs.Concat(seeds));
            Array64[] gradients = Evaluator.Run(graph, drawn, rows);
            for (int k = 0, g = 0; k < wrt.Length; k++)
            {
                Array64 x = drawn[wrt[k].Name];
                double[] gradient = flows[k] ? gradients[g++].Data : new double[x.Data.Length];
                foreach ((string what, double[] direction) in Directions(x.Data.Length))
                {
                    double slope = (Along(c, drawn, x, direction, Step, rows) - Along(c, drawn, x, direction, -Step, rows)) / (2 * Step) * (op == Scaled ? c.Node.Attributes.Float("scale") : 1);
                    double got = gradient.Zip(direction, (a, b) => a * b).Sum();
                    double size = direction.Sum(Math.Abs);
                    Assert.True(Math.Abs(slope - got) <= size * (1e-6 + (1e-6 * Math.Abs(slope))), $"{op}: d/d{wrt[k].Name}[{what}] is {got:R}, difference {slope:R}");
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Runs_as_a_program_with_the_bits_of_any_thread_count(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        (Graph graph, Value[] wrt, bool[] flows) = Differentiate(c);
        wrt = [.. wrt.Where((_, i) => flows[i])];
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
            Conversions.AssertSame(got, other.Run(inputs, borders), $"two threads without passes, {rows} rows");
        }
    }

    private static bool IsFloat(Value v) => v.DType == DType.Float32;

    private static bool Refuses(SampleCase c)
    {
        try
        {
            Differentiate(c);
            return false;
        }
        catch (GraphException)
        {
            return true;
        }
    }

    /// <summary>The places of the inputs that the gradient may be asked of in any of the samples.</summary>
    private static IEnumerable<int> Moving(IEnumerable<SampleCase> cases) => cases.SelectMany(c => c.Differentiable.Select(v => Enumerable.Range(0, c.Node.Inputs.Count).First(i => ReferenceEquals(c.Node.Inputs[i], v)))).Distinct();

    /// <summary>The places of a node's inputs that its rule gives a gradient.</summary>
    internal static IEnumerable<int> FlowingInputs(SampleCase c)
    {
        (_, Value[] wrt, bool[] flows) = Differentiate(c);
        return Enumerable.Range(0, c.Node.Inputs.Count).Where(i => Array.IndexOf(wrt, c.Node.Inputs[i]) is >= 0 and int k && flows[k]);
    }

    /// <summary>One coordinate each, or for large inputs some coordinates and directions in which every coordinate moves.</summary>
    private static IEnumerable<(string What, double[] Direction)> Directions(int count)
    {
        int step = count <= Coordinates ? 1 : count / (Coordinates / 2);
        for (int i = 0; i < count; i += step)
        {
            var one = new double[count];
            one[i] = 1;
            yield return (i.ToString(System.Globalization.CultureInfo.InvariantCulture), one);
        }

        for (uint d = 1; d <= 3 && step > 1; d++)
        {
            uint state = d;
            yield return ($"direction {d}", [.. Enumerable.Range(0, count).Select(_ => ((state = (state * 1664525) + 1013904223) >> 16 & 3) / 2.0 - 0.75)]);
        }
    }

    private static double Along(SampleCase c, Dictionary<string, Array64> drawn, Array64 x, double[] direction, double step, int rows)
    {
        var moved = new Dictionary<string, Array64>(drawn);
        string name = drawn.First(p => ReferenceEquals(p.Value, x)).Key;
        moved[name] = new Array64(x.Shape, [.. x.Data.Zip(direction, (a, b) => a + (step * b))]);
        Array64[] y = Evaluator.Run(c.Graph, moved, rows);
        double sum = 0;
        for (int i = 0; i < y.Length; i++)
        {
            if (drawn.TryGetValue("seed" + i, out Array64? seed))
            {
                sum += y[i].Data.Zip(seed.Data, (a, b) => a * b).Sum();
            }
        }

        return sum;
    }

    /// <summary>The gradients of the sum of seed times output over every float output; inputs without one count as constant.</summary>
    private static (Graph Graph, Value[] Wrt, bool[] Flows) Differentiate(SampleCase c)
    {
        Value[] wrt = c.Differentiable;
        var roots = new List<(Value, Value)>();
        for (int i = 0; i < c.Outputs.Length; i++)
        {
            if (c.Outputs[i].DType == DType.Float32 && (c.Node.Operator.Name, i) != SavedForGradient)
            {
                roots.Add((c.Outputs[i], c.Builder.Input("seed" + i, DType.Float32, c.Outputs[i].Shape)));
            }
        }

        Value?[] gradients = GradientBuilder.Append(c.Builder, roots, wrt);
        return (c.Builder.Build([.. gradients.OfType<Value>()]), wrt, [.. gradients.Select(g => g is not null)]);
    }
}
