using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>NaN, infinities and zeros among the inputs of every sample of the operator table: the kernel gives what the formula gives.</summary>
public sealed class Every_special_value
{
    private static readonly double[] Specials = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0.0, -0.0];

    /// <summary>Kernels multiply the weights with padding, which is zeros: what is not finite in these inputs may spread over the border.</summary>
    private static readonly Dictionary<string, string> TimesPadding = new() { ["Conv"] = "in1", ["ConvGradData"] = "in1", ["ConvGradWeights"] = "in1", ["ConvTranspose"] = "in1", ["FusedConv"] = "in1", ["ConvLSTM"] = "in1 in2" };

    /// <summary>Operators, or one input of them, whose formula says nothing about special values, with the reason.</summary>
    private static readonly Dictionary<string, string> Unsaid = new()
    {
        ["RNNGrad"] = "it takes results of a forward pass, which a special value would contradict",
        ["GRUGrad"] = "it takes results of a forward pass, which a special value would contradict",
        ["LSTMGrad"] = "it takes results of a forward pass, which a special value would contradict",
    };

    public static IEnumerable<TheoryDataRow<string, int>> Samples() => SampleCase.All().Where(r => !Unsaid.ContainsKey(r.Data.Item1));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Goes_through_as_the_formula_says(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        using var runner = new Runner(c.Graph);
        int rows = c.HasRows ? 6 : 1;
        foreach (double special in Specials)
        {
            foreach (Value input in c.Graph.Inputs.Where(v => v.DType == DType.Float32 && !Unsaid.ContainsKey($"{op} {v.Name}")))
            {
                Dictionary<string, Array64> drawn = c.Draw(rows, c.Graph.Inputs);
                double[] x = drawn[input.Name].Data;
                for (int i = 0; i < x.Length; i = i == 0 ? Math.Max(7, x.Length / 3) : i + 7)
                {
                    x[i] = special;
                }

                Array64[] reference = Evaluator.Run(c.Graph, drawn, rows);
                byte[][] got = runner.Run(Conversions.ToArrays(c.Graph.Inputs, drawn), [0, rows]);
                for (int i = 0; i < got.Length; i++)
                {
                    double[] y = Conversions.ToDoubles(c.Outputs[i], got[i]);
                    (double relative, double absolute) = c.Node.Operator.Tolerance;
                    for (int k = 0; k < y.Length; k++)
                    {
                        double want = reference[i].Data[k];
                        bool same = double.IsFinite(want) ? Math.Abs(y[k] - want) <= absolute + (relative * Math.Abs(want)) : y[k].Equals(want);
                        same |= double.IsNaN(y[k]) && !double.IsFinite(special) && TimesPadding.GetValueOrDefault(op)?.Split(' ').Contains(input.Name) == true;
                        Assert.True(same, $"{op} with {special} in {input.Name}: element {k} of output {i} is {y[k]:R}, reference {want:R}");
                    }
                }
            }
        }
    }
}
