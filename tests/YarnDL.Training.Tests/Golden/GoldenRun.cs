using System.Text.Json;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Testing;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Golden;

/// <summary>Repeats a golden training run through the trainer: the stored weights and batches, then losses, norms and final weights compared.</summary>
internal sealed class GoldenRun(string name, Module network, long[] image, Optimizer optimizer)
{
    private const int Pool = 2000;
    private readonly GoldenCase _case = YarnDL.Testing.Golden.Group("training").Single(c => c.Name == name);

    public void Check(int shards, IEngine engine)
    {
        Model model = Model.Build(network, [new InputSpec("x", DType.Float32, new Shape(image))], seed: 1);
        foreach (Graphs.Value p in model.Graph.Parameters)
        {
            _case.Params[p.Name].Floats().CopyTo(model.Weights(p.Name));
        }

        GoldenTensor order = _case.Inputs["order"];
        int steps = (int)order.Shape[0], batch = (int)order.Shape[1];
        long[] rows = order.Longs();
        using var rowsToTrain = new ExplicitRows(
            [new EncodedColumn("image", DType.Float32, new Shape(image)), new EncodedColumn("label", DType.Int64, Shape.Scalar)],
            [Images(), Labels()],
            [.. Enumerable.Range(0, steps).Select(s => rows.AsSpan(s * batch, batch).ToArray().Select(r => (int)r).ToArray())],
            shards);
        var plan = new TrainingPlan
        {
            Model = model,
            Inputs = new Dictionary<string, string> { ["x"] = "image" },
            Losses = [new LossTerm(Loss.CrossEntropy(), "output", "label")],
            Optimizer = optimizer,
            Schedule = new ConstantSchedule(),
            Metrics = [new Accuracy()],
            Epochs = 1,
            BatchSize = batch,
            Shards = shards,
            ClipNorm = 1e30,
        };
        using var folder = new TemporaryFolder();
        var recorder = new Recorder();
        TrainingResult result = Trainer.FitAsync(plan, new TrainingRun { Store = new LocalFileStore(), Rows = rowsToTrain, Output = folder["run"], Engine = engine }, recorder).GetAwaiter().GetResult();
        Assert.Equal(TrainingOutcome.Trained, result.Outcome);
        Compare(recorder.Losses, File.ReadAllLines(result.MetricsPath), ModelDirectory.Open(new LocalFileStore(), result.ModelPath!).Model);
    }

    private void Compare(List<double> losses, string[] lines, Model trained)
    {
        JsonElement tolerance = _case.Json.GetProperty("float32");
        double[] expected = _case.Outputs["loss"].Doubles();
        double[] norms = _case.Outputs["grad_norm"].Doubles();
        Assert.Equal(expected.Length, losses.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            double rtol = tolerance.GetProperty(i < 10 ? "loss_rtol_first_10_steps" : "loss_rtol").GetDouble();
            Near(expected[i], losses[i], rtol * expected[i], $"loss of step {i}");
            Near(norms[i], JsonDocument.Parse(lines[i]).RootElement.GetProperty("gradientNorm").GetDouble(), 10 * rtol * norms[i], $"gradient norm of step {i}");
        }

        foreach (Graphs.Value p in trained.Graph.Parameters)
        {
            double[] reference = _case.Role("final")[p.Name].Doubles();
            float[] own = trained.Weights(p.Name).ToArray();
            Near(reference[0], own.Sum(w => (double)w), tolerance.GetProperty("sum_atol").GetDouble(), $"sum of {p.Name}");
            Near(reference[1], Math.Sqrt(own.Sum(w => (double)w * w)), tolerance.GetProperty("l2_atol").GetDouble(), $"norm of {p.Name}");
            for (int i = 2; i < reference.Length; i++)
            {
                Near(reference[i], own[i - 2], tolerance.GetProperty("weights_atol").GetDouble(), $"{p.Name}[{i - 2}]");
            }
        }
    }

    private Tensor Images()
    {
        byte[] pixels = Digits.Pixels();
        var images = new Tensor(DType.Float32, new Shape([Pool, .. image]));
        Span<float> span = images.Span<float>();
        for (int i = 0; i < span.Length; i++)
        {
            span[i] = ((pixels[i] / 255f) - 0.1307f) / 0.3081f;
        }

        return images;
    }

    private Tensor Labels() => Tensor.From<long>(new Shape(Pool), _case.Inputs["labels"].Longs().AsSpan(0, Pool));

    private static void Near(double reference, double got, double tolerance, string what) =>
        Assert.True(Math.Abs(got - reference) <= tolerance, $"{what}: {got:R}, reference {reference:R}");
}
