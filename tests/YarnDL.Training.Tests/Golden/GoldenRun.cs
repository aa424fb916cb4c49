using System.Text.Json;
using YarnDL.Data.Files;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Testing;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Golden;

/// <summary>Repeats a golden training run through the trainer: the stored weights and batches, then losses, norms, rates, final weights and the last measurement compared.</summary>
internal sealed class GoldenRun(GoldenCase c)
{
    public void Check(int shards, IEngine engine)
    {
        var rows = new GoldenRows(c);
        Model model = Model.Build(GoldenNetworks.Of(c), [.. rows.Inputs.Select(i => rows.Columns.Single(x => x.Name == i)).Select(x => new InputSpec(x.Name, x.DType, x.PerRow!.Value))], seed: 1);
        Assert.Equal(c.Params.Keys.Order(StringComparer.Ordinal), model.Graph.Parameters.Select(p => Stored(p.Name)).Order(StringComparer.Ordinal));
        foreach (Graphs.Value p in model.Graph.Parameters)
        {
            c.Params[Stored(p.Name)].Floats().CopyTo(model.Weights(p.Name));
        }

        using ExplicitRows train = rows.Train(shards);
        using ExplicitRows measured = rows.Measured(shards);
        var plan = new TrainingPlan
        {
            Model = model,
            Inputs = rows.Inputs.ToDictionary(i => i, i => i),
            Losses = [new LossTerm(Loss(), "output", rows.Target)],
            Optimizer = Optimizer(),
            Schedule = Schedule(),
            Metrics = Eval(shards).TryGetProperty("accuracy", out _) ? [c.Name == "wide_and_deep" ? new BinaryAccuracy(0) : new Accuracy()] : Eval(shards).TryGetProperty("mae", out _) ? [new MeanAbsoluteError()] : [],
            Epochs = 1,
            BatchSize = (int)c.Inputs["order"].Shape[1],
            Shards = shards,
            ClipNorm = c.Number("clip_global_norm", 1e30),
        };
        using var folder = new TemporaryFolder();
        var recorder = new Recorder();
        TrainingResult result = Trainer.FitAsync(plan, new TrainingRun { Store = new LocalFileStore(), Rows = train, HeldOutRows = measured, Output = folder["run"], Engine = engine, Checkpoints = CheckpointPolicy.None }, recorder).GetAwaiter().GetResult();
        Assert.Equal(TrainingOutcome.Trained, result.Outcome);
        Compare(shards, recorder.Losses, File.ReadAllLines(result.MetricsPath));
        Compare(shards, ModelDirectory.Open(new LocalFileStore(), result.ModelPath!).Model);
        Compare(Eval(shards), recorder.Epochs[^1].Values, (int)measured.Rows);
    }

    private static string Stored(string parameter) => parameter.EndsWith("_l0", StringComparison.Ordinal) ? parameter[..^3] : parameter;

    /// <summary>Statistics of shards make other runs: those have roles of their own.</summary>
    private string? Twin(int shards) => shards > 1 && c.Json.TryGetProperty($"sharded{shards}", out _) ? $"sharded{shards}" : null;

    private JsonElement Eval(int shards) => Twin(shards) is null ? c.Json.GetProperty("eval") : c.Json.GetProperty("distributed").GetProperty("eval_sharded").GetProperty(shards.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private JsonElement Tolerance => c.Json.GetProperty("float32");

    private Loss Loss() => c.Name switch
    {
        "autoencoder" => Nn.Loss.From(new Spec(c.Text("loss", "mse"))),
        "lstm_regressor" => new Mse(),
        "neumf" => new BinaryCrossEntropy(),
        "wide_and_deep" => new BinaryCrossEntropyLogits(),
        _ => Nn.Loss.CrossEntropy(),
    };

    private Optimizer Optimizer()
    {
        string words = c.Json.GetProperty("optimizer").GetString()!;
        double rate = c.Number("lr"), decay = c.Number("weight_decay"), epsilon = c.Number("eps", 1e-8);
        (double beta1, double beta2) = c.Has("betas") ? (c.Attr("betas")[0].GetDouble(), c.Attr("betas")[1].GetDouble()) : (0.9, 0.999);
        return words[..words.IndexOf('(', StringComparison.Ordinal)] switch
        {
            "SGD" => new Sgd(rate, c.Number("momentum"), 0, decay, c.Int("nesterov") != 0),
            "Adam" => new Adam(rate, beta1, beta2, epsilon, decay),
            "AdamW" => new AdamW(rate, beta1, beta2, epsilon, decay),
            "RMSprop" => new RmsProp(rate, c.Number("alpha", 0.99), epsilon, decay, c.Number("momentum")),
            "Adagrad" => new Adagrad(rate, 0, decay, c.Number("eps", 1e-10), c.Number("initial_accumulator_value")),
            var other => throw new NotSupportedException(other),
        };
    }

    private Schedule Schedule() => c.Has("lr_step") ? new MultiStepSchedule([c.Int("lr_step")], c.Number("lr_gamma"), perEpoch: false)
        : c.Has("warmup") ? new LinearSchedule(1.0 / c.Int("warmup"), 1, c.Int("warmup") - 1, perEpoch: false) : new ConstantSchedule();

    private void Compare(int shards, List<double> losses, string[] lines)
    {
        string? twin = Twin(shards);
        double[] expected = (twin is null ? c.Outputs : c.Role(twin))["loss"].Doubles();
        double[] norms = (twin is null ? c.Outputs : c.Role(twin))["grad_norm"].Doubles();
        double[] rates = c.Outputs["lr"].Doubles();
        Assert.Equal(expected.Length, losses.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            double rtol = Tolerance.GetProperty(i < 10 ? "loss_rtol_first_10_steps" : "loss_rtol").GetDouble();
            JsonElement line = JsonDocument.Parse(lines[i]).RootElement;
            Near(expected[i], losses[i], rtol * Math.Abs(expected[i]), $"loss of step {i}");
            Near(norms[i], line.GetProperty("gradientNorm").GetDouble(), 10 * rtol * norms[i], $"gradient norm of step {i}");
            Near(rates[i], line.GetProperty("learningRate").GetDouble(), 1e-12, $"rate of step {i}");
        }
    }

    private void Compare(int shards, Model trained)
    {
        string? twin = Twin(shards);
        foreach (Graphs.Value p in trained.Graph.Parameters)
        {
            Weights(twin is null ? c.Role("final")[Stored(p.Name)] : c.Role(twin)["final/" + p.Name], trained.Weights(p.Name).ToArray(), p.Name);
        }

        foreach (Graphs.Value b in trained.Graph.Buffers)
        {
            Whole(twin is null ? c.Role("final_buffers")[b.Name] : c.Role(twin)["buffers_mean/" + b.Name], trained.Weights(b.Name).ToArray(), b.Name);
        }
    }

    private void Weights(GoldenTensor final, float[] own, string name)
    {
        double[] reference = final.Doubles();
        Near(reference[0], own.Sum(w => (double)w), Tolerance.GetProperty("sum_atol").GetDouble(), $"sum of {name}");
        Near(reference[1], Math.Sqrt(own.Sum(w => (double)w * w)), Tolerance.GetProperty("l2_atol").GetDouble(), $"norm of {name}");
        for (int i = 2; i < reference.Length; i++)
        {
            Near(reference[i], own[i - 2], Tolerance.GetProperty("weights_atol").GetDouble(), $"{name}[{i - 2}]");
        }
    }

    private void Whole(GoldenTensor reference, float[] own, string name) =>
        reference.AssertClose(name, own, 0, Tolerance.GetProperty("weights_atol").GetDouble());

    private void Compare(JsonElement eval, IReadOnlyDictionary<string, double> values, int rows)
    {
        double loss = eval.TryGetProperty("loss", out JsonElement l) ? l.GetDouble() : eval.GetProperty("mse").GetDouble();
        Near(loss, values["val_loss"], 10 * Tolerance.GetProperty("loss_rtol").GetDouble() * loss, "loss of the evaluation");
        if (eval.TryGetProperty("accuracy", out JsonElement accuracy))
        {
            Near(accuracy.GetDouble(), values.Single(v => v.Key is "val_accuracy" or "val_binaryAccuracy").Value, 1.5 / rows, "accuracy of the evaluation");
        }

        if (eval.TryGetProperty("mae", out JsonElement mae))
        {
            Near(mae.GetDouble(), values["val_mae"], 1e-3 * mae.GetDouble(), "mean absolute error of the evaluation");
        }
    }

    private static void Near(double reference, double got, double tolerance, string what) =>
        Assert.True(Math.Abs(got - reference) <= tolerance, $"{what}: {got:R}, reference {reference:R}");
}
