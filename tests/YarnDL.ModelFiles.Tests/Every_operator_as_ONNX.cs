using YarnDL.Graphs;
using YarnDL.Graphs.Tests;
using YarnDL.Graphs.Tests.Operators;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Tests;

/// <summary>Every row of the operator table as a file: read back by us, and run by ONNX Runtime.</summary>
public sealed class Every_operator_as_ONNX
{
    /// <summary>Samples (operator and number) that ONNX Runtime refuses, or computes otherwise, with the reason; one that agrees must not stand here.</summary>
    private static readonly Dictionary<string, string> NotCompared = new()
    {
        ["GroupNormalization 1"] = "its sums in float32 are farther from the formula than the tolerance",
        ["LRN 0"] = "it takes four axes and odd sizes only",
        ["MaxUnpool 0"] = "its places count through the whole value, those of the sample within a plane",
        ["MaxUnpool 1"] = "its places count through the whole value, those of the sample within a plane",
        ["Resize 2"] = "it takes cubic with two or four axes only",
    };

    /// <summary>Rows of domain yarndl that have no ONNX form, or for which ONNX Runtime never ran, with the reason.</summary>
    private static readonly Dictionary<string, string> OursAlone = new()
    {
        ["AveragePoolGrad CompressGrad ConvGradData ConvGradWeights GRUGrad GatherGrad GatherNDGrad GemmOverRows GridSampleGrad LSTMGrad LogSoftmaxGrad"] = "part of a gradient: no model holds it",
        ["MaxPoolGrad MaxRoiPoolGrad PickGrad RNNGrad ReluGrad RoiAlignGrad SigmoidGrad SliceGrad SoftmaxCrossEntropyGrad SoftmaxGrad TanhGrad"] = "part of a gradient: no model holds it",
        ["MaxPoolIndices MaxPoolWithIndices"] = "made by a pass when a program is compiled",
        ["BatchNormalizationTraining SegmentCount SegmentMean SumOverSegments"] = "part of a training step: the model holds BatchNormalization",
        ["RandomMask RandomNormal RandomUniform"] = "ONNX draws other numbers",
        ["AdaptiveMaxPool Dilation2D Im2Col LocallyConnected Pick"] = "ONNX has no Pick: export is refused by name",
        ["EmbeddingBag"] = "ONNX has no bags: export is refused by name",
        ["MatMulInteger"] = "without integer dot products ONNX Runtime saturates the sum of two products",
    };

    /// <summary>Operators whose result in ONNX Runtime depends on the machine.</summary>
    private static readonly string[] Saturating = ["MatMulInteger"];

    public static IEnumerable<TheoryDataRow<string, int>> Samples() => SampleCase.All();

    public static IEnumerable<TheoryDataRow<string>> Operators() => OperatorTable.All.Where(o => o.Domain is "" or "yarndl" && o.Samples.Count > 0 && !Saturating.Contains(o.Name)).Select(o => new TheoryDataRow<string>(o.Name).WithTrait("op", o.Name));

    [Theory]
    [MemberData(nameof(Samples))]
    public void Comes_back_from_a_file_with_the_same_bits(string op, int sample)
    {
        var c = new SampleCase(op, sample);
        using var stream = new MemoryStream();
        OnnxWriter.Write(c.Graph, [], [], stream, new OnnxWriteOptions(KeepYarnDlOperators: true));
        (Graph back, _, _) = OnnxReader.Read(new MemoryStream(stream.ToArray()), op);
        Assert.Equal(c.Graph.Nodes.Select(n => n.Operator.Name), back.Nodes.Select(n => n.Operator.Name));
        Assert.True(c.Node.Attributes.SameAs(back.Nodes[^1].Attributes), "attributes differ");
        int rows = c.HasRows ? 5 : 1;
        Dictionary<string, Array> inputs = Conversions.ToArrays(c.Graph.Inputs, c.Draw(rows, c.Graph.Inputs));
        using var one = new Runner(c.Graph);
        using var two = new Runner(back);
        Conversions.AssertSame(one.Run(inputs, [0, rows]), two.Run(inputs, [0, rows]), op);
    }

    [Theory]
    [MemberData(nameof(Operators))]
    public void Agrees_with_ONNX_Runtime(string op)
    {
        var wrong = new List<string>();
        for (int i = 0; i < OperatorTable.Get(op).Samples.Count; i++)
        {
            var c = new SampleCase(op, i);
            using var stream = new MemoryStream();
            try
            {
                OnnxWriter.Write(c.Graph, [], [], stream, new OnnxWriteOptions());
            }
            catch (ModelFileException e) when (e.Message.Contains("has no ONNX form", StringComparison.Ordinal))
            {
                Assert.Equal("yarndl", c.Node.Operator.Domain);
                continue; // ours alone; what is exported in its place is for its forward operator to show
            }

            bool listed = NotCompared.ContainsKey($"{op} {i}");
            try
            {
                Compare(c, stream.ToArray());
                wrong.AddRange(listed ? [$"sample {i} agrees: take it off the list"] : []);
            }
            catch (Exception e) when (e is InvalidOperationException or Xunit.Sdk.XunitException)
            {
                wrong.AddRange(listed ? [] : [$"sample {i}: {e.Message}"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    [Fact]
    public void Every_row_has_an_ONNX_form_that_is_compared_or_a_reason()
    {
        var wrong = new List<string>();
        HashSet<string> alone = [.. OursAlone.Keys.SelectMany(k => k.Split(' '))];
        foreach (Operator o in OperatorTable.All.Where(o => o.Domain is "" or "yarndl"))
        {
            bool compared = !Saturating.Contains(o.Name) && Enumerable.Range(0, o.Samples.Count).Any(i => !NotCompared.ContainsKey($"{o.Name} {i}") && HasForm(new SampleCase(o.Name, i)));
            if (compared == alone.Contains(o.Name))
            {
                wrong.Add(compared ? $"{o.Name} is compared: take it off the list" : $"{o.Name} is never compared with ONNX Runtime");
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
    }

    private static bool HasForm(SampleCase c) => c.Node.Operator.Domain.Length == 0 || c.Node.Operator.Decompose(c.Builder, c.Node) is not null;

    private static void Compare(SampleCase c, byte[] model)
    {
        using var runtime = new OnnxRuntime(model);
        foreach (int rows in c.HasRows ? [1, 5] : new[] { 1 })
        {
            Dictionary<string, Array> inputs = Conversions.ToArrays(c.Graph.Inputs, c.Draw(rows, c.Graph.Inputs));
            using var runner = new Runner(c.Graph);
            byte[][] ours = runner.Run(inputs, [0, rows]);
            byte[][] theirs = runtime.Run([.. c.Graph.Inputs.Select(v => (v, v.Shape.At(rows).Dims.ToArray(), inputs[v.Name]))], [.. c.Graph.Outputs.Select((v, i) => (v, ours[i].Length))]);
            (double relative, double absolute) = c.Node.Operator.Tolerance;
            for (int i = 0; i < ours.Length; i++)
            {
                Conversions.AssertClose(c.Outputs[i], Conversions.ToDoubles(c.Outputs[i], theirs[i]), Conversions.ToDoubles(c.Outputs[i], ours[i]), relative * 2, absolute * 2, $"{rows} rows");
            }
        }
    }
}
