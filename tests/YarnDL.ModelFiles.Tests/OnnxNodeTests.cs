using System.IO.Compression;
using System.Text.Json;
using Google.Protobuf;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.ModelFiles.Tests;

/// <summary>The operator cases of the ONNX package: every one that loads must give the expected outputs; the rest are counted by reason.</summary>
public sealed class OnnxNodeTests
{
    [Fact]
    public void Every_case_that_loads_gives_the_expected_outputs()
    {
        using JsonDocument list = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.RequireGolden("models", "onnx-node-tests.json")));
        using ZipArchive zip = ZipFile.OpenRead(SharedFolder.RequireGolden("models", "onnx-node-tests.zip"));
        var failures = new List<string>();
        var lacking = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int run = 0;
        foreach (JsonElement c in list.RootElement.GetProperty("cases").EnumerateArray())
        {
            string name = c.GetProperty("case").GetString()!;
            Graph graph;
            Tensor parameters;
            try
            {
                (graph, parameters, _) = Load(zip, name);
            }
            catch (ModelFileException)
            {
                string op = string.Join("+", c.GetProperty("ops").EnumerateObject().Select(o => o.Name));
                lacking[op] = lacking.GetValueOrDefault(op) + 1;
                continue;
            }

            try
            {
                run++;
                Check(zip, c, name, graph, parameters);
            }
            catch (Exception e)
            {
                failures.Add($"{name}: {e.GetType().Name} {e.Message}");
            }
        }

        Console.WriteLine($"onnx node tests: {run - failures.Count} of {run} run cases agree; not yet: {lacking.Values.Sum()} ({string.Join(", ", lacking.Select(p => $"{p.Key} {p.Value}"))})");
        Assert.True(failures.Count == 0, $"{failures.Count} cases differ:\n{string.Join("\n", failures)}");
        Assert.True(run >= 160, $"{run} cases ran");
    }

    /// <summary>Where shapes or axes are inputs, which a graph must know before it runs, the case's own values become constants.</summary>
    private static (Graph Graph, Tensor Parameters, Tensor Buffers) Load(ZipArchive zip, string name)
    {
        byte[] bytes = Bytes(zip, $"{name}/model.onnx");
        try
        {
            return OnnxReader.Read(new MemoryStream(bytes), name);
        }
        catch (ModelFileException e) when (e.Message.Contains("is computed while the graph runs", StringComparison.Ordinal))
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            for (int i = model.Graph.Input.Count - 1; i >= 0; i--)
            {
                if (model.Graph.Input[i].Type.TensorType.ElemType is (int)TensorProto.Types.DataType.Int64 or (int)TensorProto.Types.DataType.Int32)
                {
                    TensorProto value = TensorProto.Parser.ParseFrom(Bytes(zip, $"{name}/input_{i}.pb"));
                    value.Name = model.Graph.Input[i].Name;
                    model.Graph.Initializer.Add(value);
                }
            }

            return OnnxReader.Read(new MemoryStream(model.ToByteArray()), name);
        }
    }

    private static unsafe void Check(ZipArchive zip, JsonElement c, string name, Graph graph, Tensor parameters)
    {
        using var pool = new ComputePool(2);
        using var program = new Program(graph, pool);
        int rows = 1;
        var inputs = new List<Tensor>();
        string[] names = [.. ModelProto.Parser.ParseFrom(Bytes(zip, $"{name}/model.onnx")).Graph.Input.Select(i => i.Name)];
        for (int i = 0; i < graph.Inputs.Count; i++)
        {
            Tensor t = OnnxTensors.Read(TensorProto.Parser.ParseFrom(Bytes(zip, $"{name}/input_{Array.IndexOf(names, graph.Inputs[i].Name)}.pb")), "input");
            rows = graph.Inputs[i].Shape.RowAxis == 0 ? (int)t.Shape[0] : rows;
            inputs.Add(t);
        }

        for (int i = 0; i < inputs.Count; i++)
        {
            TensorView view = program.Input(graph.Inputs[i].Name, rows);
            Assert.Equal(inputs[i].Shape.ElementCount, view.Count);
            long bytes = view.Count * view.DType.Size();
            Buffer.MemoryCopy(inputs[i].View.Data, view.Data, bytes, bytes);
        }

        int* borders = stackalloc int[] { 0, rows };
        program.Run(parameters.View.F32, null, new RowSegments(borders, 1));
        for (int i = 0; i < graph.Outputs.Count; i++)
        {
            Tensor want = OnnxTensors.Read(TensorProto.Parser.ParseFrom(Bytes(zip, $"{name}/output_{i}.pb")), "output");
            TensorView got = program.Output(i);
            Assert.Equal(want.DType, got.DType);
            Assert.Equal(want.Shape, got.Shape);
            double rtol = c.GetProperty("rtol").GetDouble();
            double atol = c.GetProperty("atol").GetDouble();
            for (long k = 0; k < got.Count; k++)
            {
                double w = At(want.View, k);
                double g = At(got, k);
                Assert.True(w.Equals(g) || Math.Abs(w - g) <= atol + (rtol * Math.Abs(w)), $"output {i} element {k} is {g}, expected {w}");
            }
        }

        GC.KeepAlive(inputs);
    }

    private static unsafe double At(TensorView v, long i) => v.DType switch
    {
        DType.Float32 => v.F32[i],
        DType.Float64 => ((double*)v.Data)[i],
        DType.Int64 => v.I64[i],
        DType.Int32 => v.I32[i],
        DType.Int8 => ((sbyte*)v.Data)[i],
        DType.UInt8 or DType.Bool => v.U8[i],
        DType.Int16 => ((short*)v.Data)[i],
        DType.UInt16 => ((ushort*)v.Data)[i],
        _ => throw new NotSupportedException(v.DType.ToString()),
    };

    private static byte[] Bytes(ZipArchive zip, string entry)
    {
        using Stream s = (zip.GetEntry(entry) ?? throw new FileNotFoundException(entry)).Open();
        using var all = new MemoryStream();
        s.CopyTo(all);
        return all.ToArray();
    }
}
