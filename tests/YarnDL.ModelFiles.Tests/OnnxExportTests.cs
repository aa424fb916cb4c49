using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.ModelFiles.Onnx;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Tests;

public sealed class OnnxExportTests
{
    [Theory]
    [InlineData("mlp")]
    [InlineData("lenet5")]
    [InlineData("lenet5 relu average")]
    [InlineData("softmax")]
    public void An_exported_model_predicts_the_same_in_ONNX_Runtime(string name)
    {
        Model model = Build(name);
        float[] x = Random(model, 7);
        float[] ours = Run(model.Graph, model.Parameters, x, 7);

        using var runtime = new OnnxRuntime(Export(model));
        float[] theirs = runtime.Run("x", x, [7, .. model.Graph.Inputs[0].Shape.At(1).Dims[1..]], "output", ours.Length);

        for (int i = 0; i < ours.Length; i++)
        {
            Assert.Equal(ours[i], theirs[i], 1e-5f);
        }

        for (int r = 0; r < 7; r++)
        {
            Assert.Equal(Best(ours, r), Best(theirs, r));
        }
    }

    [Fact]
    public void An_input_without_elements_comes_back_as_such()
    {
        var g = new GraphBuilder("empty");
        Value x = g.Input("x", DType.Float32, new(0, 3));
        using var file = new MemoryStream();
        OnnxWriter.Write(g.Build(g.Add("Neg", x)), [], [], file, new OnnxWriteOptions());
        (Graph graph, _, _) = OnnxReader.Read(new MemoryStream(file.ToArray()), "test");
        Assert.Equal(new SymbolicShape(0, 3), graph.Inputs[0].Shape);
    }

    [Theory]
    [InlineData("mlp")]
    [InlineData("lenet5")]
    public void A_model_comes_back_with_the_same_names_weights_and_bits(string name)
    {
        Model model = Build(name);
        byte[] bytes = Export(model);
        (Graph graph, Tensor parameters, _) = OnnxReader.Read(new MemoryStream(bytes), "test");

        Assert.Equal(model.Graph.Parameters.Select(p => p.ToString()), graph.Parameters.Select(p => p.ToString()));
        Assert.Equal(model.Parameters.Span<float>().ToArray(), parameters.Span<float>().ToArray());
        Assert.Equal(model.Graph.Inputs.Select(p => p.ToString()), graph.Inputs.Select(p => p.ToString()));
        Assert.Equal(model.Graph.Outputs.Select(p => p.ToString()), graph.Outputs.Select(p => p.ToString()));
        float[] x = Random(model, 3);
        Assert.Equal(Run(model.Graph, model.Parameters, x, 3), Run(graph, parameters, x, 3));
        Assert.Equal(bytes, Export(model));
        using var again = new MemoryStream();
        OnnxWriter.Write(graph, parameters.Span<float>(), [], again, new OnnxWriteOptions());
        Assert.Equal(bytes, again.ToArray());
    }

    [Fact]
    public void A_training_graph_travels_without_weights_and_keeps_its_operators_shapes_and_bits()
    {
        Model model = Build("lenet5");
        Graph training = Training(model.Graph);
        using var stream = new MemoryStream();
        OnnxWriter.Write(training, [], [], stream, new OnnxWriteOptions(KeepYarnDlOperators: true));
        (Graph graph, _, _) = OnnxReader.Read(new MemoryStream(stream.ToArray()), "test");

        Assert.Equal(training.Parameters.Select(p => (p.ToString(), p.Offset)), graph.Parameters.Select(p => (p.ToString(), p.Offset)));
        Assert.Equal(training.Nodes.Select(n => n.Operator.Name), graph.Nodes.Select(n => n.Operator.Name));
        Assert.Equal(training.Nodes.SelectMany(n => n.Outputs).Select(v => v!.Shape.ToString()), graph.Nodes.SelectMany(n => n.Outputs).Select(v => v!.Shape.ToString()));
        Assert.Equal(training.Outputs.Select(p => p.ToString()), graph.Outputs.Select(p => p.ToString()));
        float[] x = Random(model, 4);
        Assert.Equal(RunTraining(training, model.Parameters, x, 4), RunTraining(graph, model.Parameters, x, 4));
    }

    [Fact]
    public void A_training_graph_is_refused_for_others_or_decomposed()
    {
        using var stream = new MemoryStream();
        var e = Assert.Throws<ModelFileException>(() => OnnxWriter.Write(Training(Build("lenet5").Graph), [], [], stream, new OnnxWriteOptions()));
        Assert.Contains("has no ONNX form", e.Message);

        // The loss alone has one: its cross entropy becomes ONNX nodes.
        Model model = Build("mlp");
        GraphBuilder g = GraphBuilder.From(model.Graph);
        Value label = g.Input("label", DType.Int64, new SymbolicShape(Dim.N));
        Value losses = g.Add("SoftmaxCrossEntropy", model.Graph.Outputs[0], label);
        g.Rename(losses, "losses");
        Graph withLoss = g.Build(losses);
        OnnxWriter.Write(withLoss, model.Parameters.Span<float>(), [], stream, new OnnxWriteOptions());
        (Graph back, Tensor weights, _) = OnnxReader.Read(new MemoryStream(stream.ToArray()), "test");
        Assert.DoesNotContain(back.Nodes, n => n.Operator.Domain == "yarndl");
        float[] x = Random(model, 3);
        float[] want = Run(withLoss, model.Parameters, x, 3);
        float[] got = Run(back, weights, x, 3);
        for (int i = 0; i < want.Length; i++)
        {
            Assert.Equal(want[i], got[i], 1e-6f);
        }
    }

    [Fact]
    public void Every_prefix_and_many_changed_bytes_are_read_or_refused()
    {
        byte[] bytes = Export(Model.Build(new Mlp(2, [3]), [new("x", DType.Float32, new Shape(4))], 1));
        for (int n = 0; n < bytes.Length; n++)
        {
            Try(bytes[..n]);
        }

        for (int i = 0; i < bytes.Length; i++)
        {
            foreach (byte flip in (byte[])[1, 8, 64, 128])
            {
                var copy = (byte[])bytes.Clone();
                copy[i] ^= flip;
                Try(copy);
            }
        }

        static void Try(byte[] file)
        {
            try
            {
                OnnxReader.Read(new MemoryStream(file), "test");
            }
            catch (ModelFileException e)
            {
                Assert.StartsWith("[onnx] test:", e.Message);
            }
        }
    }

    private static Model Build(string name) => name switch
    {
        "mlp" => Model.Build(new Mlp(10, [32, 16]), [new("x", DType.Float32, new Shape(20))], 5),
        "softmax" => Model.Build(new Sequential(new Conv2d(3, 4, 3, stride: 2, padding: 1), new Sigmoid(), new Flatten(), new Linear(null, 5), new Softmax()), [new("x", DType.Float32, new Shape(3, 9, 9))], 5),
        _ => Model.Build(name == "lenet5" ? new LeNet5() : new LeNet5(10, "relu", "average"), [new("x", DType.Float32, new Shape(1, 28, 28))], 5),
    };

    private static Graph Training(Graph model)
    {
        GraphBuilder g = GraphBuilder.From(model);
        Value label = g.Input("label", DType.Int64, new SymbolicShape(Dim.N));
        Value denominator = g.Input("denominator_0", DType.Float32, SymbolicShape.Scalar);
        Loss loss = Loss.CrossEntropy();
        Value numerator = loss.Numerator(g, model.Outputs[0], label, null);
        Value?[] gradients = GradientBuilder.Append(g, numerator, g.Add("Div", g.Constant(1f), denominator), model.Parameters);
        return g.Build([numerator, .. gradients.Select(v => v!)]);
    }

    private static byte[] Export(Model model)
    {
        using var stream = new MemoryStream();
        OnnxWriter.Write(model.Graph, model.Parameters.Span<float>(), model.Buffers.Span<float>(), stream, new OnnxWriteOptions());
        return stream.ToArray();
    }

    private static float[] Random(Model model, int rows)
    {
        var x = new float[model.Graph.Inputs[0].Shape.At(rows).ElementCount];
        Initialiser.Normal().Fill(x, new Shape(x.Length), 9, 0);
        return x;
    }

    private static int Best(float[] scores, int row) => Enumerable.Range(0, scores.Length / 7).MaxBy(c => scores[(row * (scores.Length / 7)) + c]);

    private static float[] Run(Graph graph, Tensor parameters, float[] x, int rows) => RunAll(graph, parameters, x, rows)[0];

    private static float[][] RunTraining(Graph graph, Tensor parameters, float[] x, int rows) => RunAll(graph, parameters, x, rows);

    private static unsafe float[][] RunAll(Graph graph, Tensor parameters, float[] x, int rows)
    {
        using var pool = new ComputePool(2);
        using var program = new Program(graph, pool);
        x.CopyTo(program.Input("x", rows).Span<float>());
        if (program.HasInput("label"))
        {
            Span<long> labels = program.Input("label", rows).Span<long>();
            for (int i = 0; i < rows; i++)
            {
                labels[i] = i;
            }
        }

        if (program.HasInput("denominator_0"))
        {
            program.Input("denominator_0", rows).Span<float>()[0] = rows;
        }

        int* borders = stackalloc int[] { 0, rows };
        program.Run(parameters.View.F32, null, new RowSegments(borders, 1));
        GC.KeepAlive(parameters);
        return [.. graph.Outputs.Select((_, i) => program.Output(i).Span<float>().ToArray())];
    }
}
