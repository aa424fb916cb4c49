using System.Text.Json;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests.Training;

/// <summary>
/// Repeats a golden training run: the model as a graph, gradients appended, the golden batches in their order, an update rule, and the
/// comparison with the stored losses and final weights.
/// </summary>
internal sealed unsafe class TrainingRun(string name)
{
    private const int Pool = 2000;
    private readonly GoldenCase _case = Golden.Group("training").Single(c => c.Name == name);

    /// <summary>Appends the forward pass: from x and the parameters by name to the loss of each row, and its terms per row.</summary>
    public required Func<GraphBuilder, Value, Value?, Func<string, Value>, Value> RowLosses { get; init; }

    /// <summary>Shape of one image.</summary>
    public required long[] Image { get; init; }

    /// <summary>float32 pixel to float32 feature.</summary>
    public required Func<float, float> Preprocess { get; init; }

    /// <summary>weights, gradients, step from 1.</summary>
    public required Action<float[], float[], int> Update { get; init; }

    /// <summary>Terms of the mean per row.</summary>
    public int TermsPerRow { get; init; } = 1;

    public bool HasLabels { get; init; } = true;

    public void Check(int threads, int shards = 1)
    {
        GoldenTensor order = _case.Inputs["order"];
        int steps = (int)order.Shape[0];
        int batch = (int)order.Shape[1];
        long[] rows = order.Longs();
        long[] labels = HasLabels ? _case.Inputs["labels"].Longs() : [];
        float[] images = Images();

        var g = new GraphBuilder(name);
        Value x = g.Input("x", DType.Float32, new SymbolicShape([Dim.N, .. Array.ConvertAll(Image, d => new Dim(d))]));
        Value? y = HasLabels ? g.Input("labels", DType.Int64, new SymbolicShape(Dim.N)) : null;
        Value denominator = g.Input("denominator", DType.Float32, SymbolicShape.Scalar);
        var names = new List<string>();
        Value Parameter(string parameter)
        {
            names.Add(parameter);
            return g.Parameter(parameter, new Shape(_case.Params[parameter].Shape));
        }

        Value numerator = g.Add("ReduceSum", [RowLosses(g, x, y, Parameter)], new Attributes(("keepdims", 0)));
        Value seed = g.Add("Div", g.Constant(1f), denominator);
        Value[] parameters = [.. g.Parameters];
        Value?[] gradients = GradientBuilder.Append(g, numerator, seed, parameters);
        Graph graph = g.Build([g.Add("Div", numerator, denominator), .. gradients.Select(v => v!)]);

        var weights = new float[graph.ParameterCount];
        foreach (Value p in parameters)
        {
            _case.Params[p.Name].Floats().CopyTo(weights, p.Offset);
        }

        int[] borders = [.. Enumerable.Range(0, shards + 1).Select(s => s * batch / shards)];
        double[] losses = _case.Outputs["loss"].Doubles();
        JsonElement tolerance = _case.Json.GetProperty("float32");
        using var runner = new Runner(graph, threads);
        var gradient = new float[weights.Length];
        long rowElements = images.Length / Pool;
        for (int step = 0; step < steps; step++)
        {
            var features = new float[batch * rowElements];
            var classes = new long[batch];
            for (int i = 0; i < batch; i++)
            {
                long row = rows[(step * batch) + i];
                images.AsSpan((int)(row * rowElements), (int)rowElements).CopyTo(features.AsSpan((int)(i * rowElements)));
                classes[i] = HasLabels ? labels[row] : 0;
            }

            byte[][] got = runner.Run(new Dictionary<string, Array> { ["x"] = features, ["labels"] = classes, ["denominator"] = new[] { (float)(batch * TermsPerRow) } }, borders, weights);
            double rtol = tolerance.GetProperty(step < 10 ? "loss_rtol_first_10_steps" : "loss_rtol").GetDouble();
            double loss = Runner.Floats(got[0])[0];
            Assert.True(Math.Abs(loss - losses[step]) <= rtol * losses[step], $"step {step}: loss {loss:R}, reference {losses[step]:R}");
            for (int p = 0; p < parameters.Length; p++)
            {
                Runner.Floats(got[p + 1]).CopyTo(gradient, parameters[p].Offset);
            }

            Update(weights, gradient, step + 1);
        }

        CheckFinal(parameters, weights, tolerance);
    }

    private void CheckFinal(Value[] parameters, float[] weights, JsonElement tolerance)
    {
        foreach (Value p in parameters)
        {
            double[] reference = _case.Role("final")[p.Name].Doubles();
            float[] own = weights.AsSpan((int)p.Offset, (int)p.Shape.At(1).ElementCount).ToArray();
            Near(reference[0], own.Sum(w => (double)w), tolerance.GetProperty("sum_atol").GetDouble(), $"sum of {p.Name}");
            Near(reference[1], Math.Sqrt(own.Sum(w => (double)w * w)), tolerance.GetProperty("l2_atol").GetDouble(), $"norm of {p.Name}");
            for (int i = 2; i < reference.Length; i++)
            {
                Near(reference[i], own[i - 2], tolerance.GetProperty("weights_atol").GetDouble(), $"{p.Name}[{i - 2}]");
            }
        }
    }

    private static void Near(double reference, double got, double tolerance, string what) =>
        Assert.True(Math.Abs(got - reference) <= tolerance, $"{what}: {got:R}, reference {reference:R}");

    private float[] Images()
    {
        byte[] pixels = Digits.Pixels();
        var images = new float[Pool * 784];
        for (int i = 0; i < images.Length; i++)
        {
            images[i] = Preprocess(pixels[i]);
        }

        return images;
    }
}
