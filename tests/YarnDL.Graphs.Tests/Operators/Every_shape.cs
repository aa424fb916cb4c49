using YarnDL.Graphs.Tests.Reference;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Extents at and beside the width of a vector, 0 and 1, put into every sample of the operator table.</summary>
public sealed class Every_shape
{
    private static readonly long[] Extents = [0, 1, 7, 8, 9, 15, 16, 17, 33];

    /// <summary>Rows that take the extents of their samples and few others, with the reason.</summary>
    private static readonly Dictionary<string, string> Rigid = new()
    {
        ["AffineGrid"] = "the size is a constant: its samples have awkward ones",
        ["ConstantOfShape"] = "the shape is a constant: its samples have awkward ones",
        ["Range"] = "it takes scalars: its samples have awkward lengths",
    };

    public static IEnumerable<TheoryDataRow<string, int>> Samples() => SampleCase.All();

    [Fact]
    public void Every_row_is_stretched_to_awkward_extents_or_has_a_reason()
    {
        var wrong = new List<string>();
        foreach (IGrouping<string, (string Op, int Sample)> row in SampleCase.All().Select(r => r.Data).GroupBy(d => d.Item1))
        {
            int extents = Extents.Count(e => row.Any(s => SampleCase.Stretched(s.Op, s.Sample, [e]).Any()));
            if (extents < Extents.Length - 2 != Rigid.ContainsKey(row.Key))
            {
                wrong.Add($"{row.Key} takes {extents} of the {Extents.Length} extents");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Theory]
    [MemberData(nameof(Samples))]
    public void Agrees_with_its_formula_at_awkward_extents(string op, int sample)
    {
        foreach (SampleCase c in SampleCase.Stretched(op, sample, Extents))
        {
            using var runner = new Runner(c.Graph);
            int rows = c.HasRows ? 3 : 1;
            Dictionary<string, Array64> drawn = c.Draw(rows, c.Graph.Inputs);
            byte[][] got;
            try
            {
                got = runner.Run(Conversions.ToArrays(c.Graph.Inputs, drawn), [0, rows]);
            }
            catch (InputValueException)
            {
                continue; // the axis has become too short for the indices of the sample
            }

            Array64[] reference;
            try
            {
                reference = Evaluator.Run(c.Graph, drawn, rows);
            }
            catch (IndexOutOfRangeException e)
            {
                Assert.True(c.Sample.Indices.Count > 0 || got.All(y => y.Length == 0), $"{c.Graph.Name}: {e}"); // no index, or no bag, fits an axis that has become too short
                continue;
            }
            catch (Exception e)
            {
                throw new InvalidOperationException($"{c.Graph.Name}: the formula fails", e);
            }

            for (int i = 0; i < got.Length; i++)
            {
                (double relative, double absolute) = c.Node.Operator.Tolerance;
                Conversions.AssertClose(c.Outputs[i], reference[i].Data, Conversions.ToDoubles(c.Outputs[i], got[i]), relative * 2, absolute * 8, c.Graph.Name);
            }
        }
    }
}
