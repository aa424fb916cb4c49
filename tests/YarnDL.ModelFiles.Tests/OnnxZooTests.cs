using System.Runtime.InteropServices;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.ModelFiles.Tests;

/// <summary>Every network of the zoo, as its example in the documentation, as an ONNX file.</summary>
public sealed class OnnxZooTests
{
    private const int Rows = 3;

    public static TheoryData<string> Names => [.. ModelRegistry.All.Descriptions.Select(d => d.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_comes_back_from_its_file_with_the_same_bits(string name)
    {
        Model model = Build(name);
        (Graph graph, Tensor parameters, Tensor buffers) = OnnxReader.Read(new MemoryStream(Export(model)), "test");
        Assert.Equal(model.Graph.Parameters.Select(p => p.ToString()), graph.Parameters.Select(p => p.ToString()));
        Assert.Equal(model.Graph.Inputs.Select(p => p.ToString()), graph.Inputs.Select(p => p.ToString()));
        Assert.Equal(Run(model.Graph, model.Parameters, model.Buffers), Run(graph, parameters, buffers));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_network_predicts_the_same_in_ONNX_Runtime(string name)
    {
        Model model = Build(name);
        Value y = model.Graph.Outputs[0];
        using var runtime = new OnnxRuntime(Export(model));
        (Value, long[], Array)[] inputs = [.. model.Graph.Inputs.Select(v => (v, v.Shape.At(Rows).Dims.ToArray(), Values(v)))];
        float[] theirs = MemoryMarshal.Cast<byte, float>(runtime.Run(inputs, [(y, checked((int)(y.Shape.At(Rows).ElementCount * 4)))])[0]).ToArray();
        float[] ours = Run(model.Graph, model.Parameters, model.Buffers);
        float largest = ours.Max(Math.Abs);
        for (int i = 0; i < ours.Length; i++)
        {
            Assert.Equal(ours[i], theirs[i], 1e-4f * Math.Max(1, largest));
        }
    }

    private static Model Build(string name)
    {
        Description d = ModelRegistry.All.Descriptions.Single(x => x.Name == name);
        return Model.Build(ModelRegistry.Create(Spec.FromJson(FlowText.ToJson(d.Example))), d.Inputs(), 3);
    }

    private static byte[] Export(Model model)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(model.Graph, model.Parameters.Span<float>(), model.Buffers.Span<float>(), stream, new OnnxWriteOptions());
        return stream.ToArray();
    }

    private static Array Values(Value v)
    {
        long count = v.Shape.At(Rows).ElementCount;
        if (v.DType == DType.Int64)
        {
            return Enumerable.Range(0, (int)count).Select(i => i * 7L % 4).ToArray();
        }

        var x = new float[count];
        Initialiser.Normal().Fill(x, new Shape(count), 9, 0);
        return x;
    }

    private static unsafe float[] Run(Graph graph, Tensor parameters, Tensor buffers)
    {
        using var pool = new ComputePool(1);
        using var program = new Program(graph, pool);
        foreach (Value v in graph.Inputs)
        {
            TensorView view = program.Input(v.Name, Rows);
            if (Values(v) is float[] f)
            {
                f.CopyTo(view.Span<float>());
            }
            else
            {
                ((long[])Values(v)).CopyTo(view.Span<long>());
            }
        }

        int* borders = stackalloc int[] { 0, Rows };
        program.Run(parameters.View.F32, buffers.View.F32, new RowSegments(borders, 1));
        GC.KeepAlive(parameters);
        GC.KeepAlive(buffers);
        return program.Output(0).Span<float>().ToArray();
    }
}
