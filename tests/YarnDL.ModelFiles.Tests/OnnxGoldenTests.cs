using System.Text.Json;
using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.ModelFiles.Tests;

/// <summary>ONNX files of other frameworks: those whose operators are in the table load, give the outputs and gradients of their io files, and survive writing.</summary>
public sealed class OnnxGoldenTests
{
    private static int s_gradients;

    [Fact]
    public void Models_with_known_operators_give_the_outputs_and_gradients_of_their_frameworks()
    {
        string folder = SharedFolder.RequireGolden("models");
        var failures = new List<string>();
        var notYet = new List<string>();
        int run = 0;
        s_gradients = 0;
        foreach (string model in Directory.GetDirectories(folder, "onnx-*").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileName(model);
            try
            {
                string? lacking = Run(model);
                if (lacking is null)
                {
                    run++;
                }
                else
                {
                    notYet.Add($"{name}: {lacking}");
                }
            }
            catch (Exception e)
            {
                failures.Add($"{name}: {e}");
            }
        }

        Console.WriteLine($"golden onnx models: {run} run, {s_gradients} gradients compared, {notYet.Count} not yet");
        foreach (string line in notYet)
        {
            Console.WriteLine("  not yet " + line);
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
        Assert.True(run >= 19, $"{run} models ran");
        Assert.True(s_gradients >= 100, $"{s_gradients} gradients were compared");
    }

    [Fact]
    public void Malformed_files_are_refused_without_large_allocations()
    {
        string folder = SharedFolder.RequireGolden("models", "bad");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        int refused = 0;
        foreach (JsonElement entry in manifest.RootElement.GetProperty("files").EnumerateArray())
        {
            string file = entry.GetProperty("file").GetString()!;
            if (!file.EndsWith(".onnx", StringComparison.Ordinal))
            {
                continue;
            }

            using FileStream stream = File.OpenRead(Path.Combine(folder, file));
            long size = stream.Length;
            long before = GC.GetAllocatedBytesForCurrentThread();
            var e = Assert.Throws<ModelFileException>(() => OnnxReader.Read(stream, file));
            Assert.StartsWith($"[onnx] {file}:", e.Message);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(allocated < (4 << 20) + (20 * size), $"{file}: {allocated} bytes were allocated");
            refused++;
        }

        Assert.True(refused >= 25, $"{refused} files");
    }

    [Fact]
    public void The_message_names_the_defect()
    {
        string folder = SharedFolder.RequireGolden("models", "bad");
        foreach ((string file, string word) in (ReadOnlySpan<(string, string)>)[("onnx-missing-initializer.onnx", " W"), ("onnx-unknown-op.onnx", "Relux"), ("onnx-opset-999.onnx", "999"),
            ("onnx-external-missing.onnx", "not-there.bin"), ("onnx-cycle.onnx", "cycle"), ("onnx-dims-negative.onnx", "negative"), ("onnx-dtype-unknown.onnx", "99")])
        {
            using FileStream stream = File.OpenRead(Path.Combine(folder, file));
            Assert.Contains(word, Assert.Throws<ModelFileException>(() => OnnxReader.Read(stream, file)).Message);
        }
    }

    /// <summary>Null when the model ran; else what it lacks.</summary>
    private static string? Run(string folder)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        JsonElement m = manifest.RootElement;
        string file = Path.Combine(folder, m.GetProperty("files")[0].GetString()!);
        Graph graph;
        Tensor parameters;
        Tensor buffers;
        try
        {
            using FileStream stream = File.OpenRead(file);
            (graph, parameters, buffers) = OnnxReader.Read(stream, Path.GetFileName(file));
        }
        catch (ModelFileException e)
        {
            return e.Message;
        }

        double rtol = m.GetProperty("tolerance").GetProperty("rtol").GetDouble();
        double atol = m.GetProperty("tolerance").GetProperty("atol").GetDouble();
        foreach (JsonElement io in m.GetProperty("io").EnumerateArray())
        {
            if (graph.Inputs[0].Shape.RowAxis < 0 && graph.Inputs[0].Shape[0].Factor != io.GetProperty("batch").GetInt64())
            {
                continue;
            }

            Check(graph, parameters, buffers, GoldenTensor.ReadFile(Path.Combine(folder, io.GetProperty("file").GetString()!)), rtol, atol, Path.GetFileName(folder));
            using var written = new MemoryStream();
            OnnxWriter.Write(graph, parameters.Span<float>(), buffers.Span<float>(), written, new OnnxWriteOptions());
            written.Position = 0;
            (Graph again, Tensor weights, Tensor state) = OnnxReader.Read(written, "written");
            Assert.Equal(graph.Parameters.Select(p => p.ToString()), again.Parameters.Select(p => p.ToString()));
            Check(again, weights, state, GoldenTensor.ReadFile(Path.Combine(folder, io.GetProperty("file").GetString()!)), rtol, atol, Path.GetFileName(folder) + " written and read again");
        }

        return null;
    }

    private static unsafe void Check(Graph graph, Tensor parameters, Tensor buffers, IReadOnlyDictionary<string, GoldenTensor> io, double rtol, double atol, string what)
    {
        // Gradients of the sum of squares of all outputs: the seed of y·y/2 is y itself, twice.
        GraphBuilder g = GraphBuilder.From(graph);
        var wrt = graph.Parameters.Concat(graph.Inputs.Where(i => i.DType == DType.Float32)).ToList();
        Value output = graph.Outputs[0];
        var gradients = new Value?[wrt.Count];
        try
        {
            gradients = graph.Outputs.Count == 1 && output.DType == DType.Float32 ? GradientBuilder.Append(g, output, g.Add("Add", output, output), wrt) : gradients;
        }
        catch (GraphException e) when (e.Message.Contains("forward only", StringComparison.Ordinal))
        {
            g = GraphBuilder.From(graph);
        }

        using var pool = new ComputePool(2);
        using var program = new Program(g.Build([.. graph.Outputs, .. gradients.OfType<Value>()]), pool);
        long rows = io["in/" + graph.Inputs[0].Name].Shape[0];
        foreach (Value input in graph.Inputs)
        {
            TensorView view = program.Input(input.Name, rows);
            GoldenTensor t = io["in/" + input.Name];
            Assert.Equal(t.Count, view.Count);
            if (input.DType == DType.Int64)
            {
                t.Longs().CopyTo(view.Span<long>());
            }
            else if (input.DType == DType.Int32)
            {
                Array.ConvertAll(t.Longs(), v => (int)v).CopyTo(view.Span<int>());
            }
            else
            {
                t.Floats().CopyTo(view.Span<float>());
            }
        }

        int* borders = stackalloc int[] { 0, (int)rows };
        program.Run(parameters.View.F32, buffers.View.F32, new RowSegments(borders, 1));
        for (int i = 0; i < graph.Outputs.Count; i++)
        {
            GoldenTensor want = io["out/" + graph.Outputs[i].Name];
            TensorView got = program.Output(i);
            if (got.DType is DType.Int32 or DType.Int64)
            {
                Assert.Equal(want.Longs(), got.DType == DType.Int64 ? got.Span<long>().ToArray() : Array.ConvertAll(got.Span<int>().ToArray(), v => (long)v));
            }
            else
            {
                want.AssertClose($"{what}: {graph.Outputs[i].Name}", got.Span<float>(), rtol, atol);
            }
        }

        // A bias before a normalisation has gradient 0 in theory: what is left there is rounding of the other gradients' size.
        double largest = io.Where(t => t.Key.StartsWith("grad", StringComparison.Ordinal)).SelectMany(t => t.Value.Doubles()).Select(Math.Abs).DefaultIfEmpty().Max();
        int next = graph.Outputs.Count;
        for (int i = 0; i < wrt.Count; i++)
        {
            if (gradients[i] is null)
            {
                continue;
            }

            if (io.TryGetValue((i < graph.Parameters.Count ? "grad/" : "gradin/") + wrt[i].Name, out GoldenTensor? want))
            {
                s_gradients++;
                double scale = want.Doubles().Max(Math.Abs);
                want.AssertClose($"{what}: gradient of {wrt[i].Name}", program.Output(next).Span<float>(), Math.Max(rtol, 1e-4), Math.Max(Math.Max(atol, 1e-4 * scale), 1e-6 * largest));
            }

            next++;
        }

        GC.KeepAlive(parameters);
        GC.KeepAlive(buffers);
    }
}
