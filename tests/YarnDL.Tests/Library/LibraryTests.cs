using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Tests.Commands;
using YarnDL.Training;

namespace YarnDL.Tests.Library;

/// <summary>The C# door, as the guide shows it.</summary>
public sealed class LibraryTests
{
    [Fact]
    public async Task The_sample_of_the_guide_trains()
    {
        using DigitsJob files = new(rows: 160);
        using var lake = new EmbeddedLake(new EmbeddedLakeOptions { Tables = new Dictionary<string, TableSource> { ["digits"] = files.Parquet("digits.parquet") } });

        var model = new Sequential(new Conv2d(1, 6, 5, padding: 2), new ReLU(), new MaxPool2d(2), new Flatten(), new Linear(1176, 10));
        var digits = lake.Table("digits").Select(Feature.Image("png").Grayscale().Resize(28, 28).Normalize(0.1307f, 0.3081f), Label.Index("digit"));
        var result = await new Trainer(model, Loss.CrossEntropy(), new Adam(1e-3)) { Epochs = 2, BatchSize = 32, Output = files.Output }.FitAsync(digits);

        Assert.Equal(TrainingOutcome.Trained, result.Training.Outcome);
        Assert.Equal(160, result.Ledger.Trained);
        Assert.True(result.Training.Epochs[1].Values["loss"] < result.Training.Epochs[0].Values["loss"]);
        Assert.True(File.Exists(Path.Combine(result.Training.ModelPath!, "model.onnx")));
        Assert.True(File.Exists(result.Report));
    }

    [Fact]
    public async Task The_job_file_and_the_library_give_the_same_weights()
    {
        using DigitsJob files = new(rows: 160);
        CommandLine job = CommandLine.InProcess("train", files.Job, "--run-id", "job");
        Assert.True(job.Code == 0, job.Error);
        using var lake = new EmbeddedLake();
        var rows = lake.Parquet(Path.Combine(files.Folder, "digits.parquet")).Select(
            Feature.Image("png").Grayscale().Resize(28, 28).Normalize(0.14f, 0.256f).Named("image"), Label.Index("digit").Of(10));
        var result = await new Trainer(new LeNet5(10, "relu"), Loss.CrossEntropy(), new Adam(0.003))
        {
            Epochs = 2,
            BatchSize = 32,
            Seed = 5,
            ValidationSplit = 0.2,
            Metrics = [new Accuracy()],
            Threads = 2,
            Output = Path.Combine(files.Output, "library"),
        }.FitAsync(rows);
        Assert.Equal(File.ReadAllBytes(Path.Combine(files.Output, "job", "model", "weights.safetensors")), File.ReadAllBytes(Path.Combine(result.Training.ModelPath!, "weights.safetensors")));
    }

    [Fact]
    public async Task A_cancelled_training_continues_to_the_same_weights()
    {
        using DigitsJob files = new(rows: 160);
        using var lake = new EmbeddedLake();
        var rows = lake.Parquet(Path.Combine(files.Folder, "digits.parquet")).Select(Feature.Image("png").Grayscale().Resize(28, 28), Label.Index("digit").Of(10));
        using CancellationTokenSource stop = new();
        Trainer Make(string output, bool resume, ITrainingProgress? progress) => new(new LeNet5(), Loss.CrossEntropy(), new Adam(0.003))
        {
            Epochs = 3,
            BatchSize = 32,
            Threads = 1,
            Fingerprint = "test",
            Output = Path.Combine(files.Output, output),
            Resume = resume,
            Progress = progress,
        };
        FitResult whole = await Make("whole", false, null).FitAsync(rows);
        FitResult cut = await Make("cut", false, new StopAt(7, stop)).FitAsync(rows, stop.Token);
        Assert.Equal(TrainingOutcome.Cancelled, cut.Training.Outcome);
        Assert.False(Directory.Exists(Path.Combine(cut.Output, "model")));
        FitResult rest = await Make("cut", true, null).FitAsync(rows);
        Assert.Equal(TrainingOutcome.Trained, rest.Training.Outcome);
        Assert.Equal(File.ReadAllBytes(Path.Combine(whole.Training.ModelPath!, "weights.safetensors")), File.ReadAllBytes(Path.Combine(rest.Training.ModelPath!, "weights.safetensors")));
    }

    [Fact]
    public async Task A_selection_without_a_label_is_refused()
    {
        using DigitsJob files = new(rows: 20);
        using var lake = new EmbeddedLake();
        var rows = lake.Parquet(Path.Combine(files.Folder, "digits.parquet")).Where("id < 10").Where("digit > 1").Select(Feature.Numeric("id"));
        Assert.Equal("(id < 10) AND (digit > 1)", rows.Rows.Filter);
        var e = await Assert.ThrowsAsync<YarnDL.Data.DataException>(() => new Trainer(new Mlp(1, []), Loss.Mse(), new Sgd(0.1)).FitAsync(rows));
        Assert.Contains("0 labels", e.Message);
    }

    [Fact]
    public async Task A_feature_that_differs_from_epoch_to_epoch_is_refused_by_name()
    {
        using DigitsJob files = new(rows: 20);
        using var lake = new EmbeddedLake();
        var rows = lake.Parquet(Path.Combine(files.Folder, "digits.parquet")).Select(new Noise(), Label.Index("digit"));
        var e = await Assert.ThrowsAsync<YarnDL.Data.DataException>(() => new Trainer(new Mlp(1, []), Loss.Mse(), new Sgd(0.1)).FitAsync(rows));
        Assert.Equal(YarnDL.Data.DataFault.Job, e.Fault);
        Assert.StartsWith("[features] 'noisy' (noise) differs from epoch to epoch; ", e.Message, StringComparison.Ordinal);
    }

    private sealed class Noise() : Feature("noisy")
    {
        public override FeatureSpec Spec => new("noise", []);

        public override IReadOnlyList<string> Columns { get; } = ["png"];

        public override bool IsRandom => true;

        public override YarnDL.Data.Encoding.EncodedColumn Encoded(System.Text.Json.Nodes.JsonNode? fitted) => new("noisy", YarnDL.Tensors.DType.Float32, new YarnDL.Tensors.Shape(4));

        public override FeatureEncoder Bind(YarnDL.Data.Rows.Schema schema, System.Text.Json.Nodes.JsonNode? fitted) => throw new InvalidOperationException("it is not encoded");
    }

    private sealed class StopAt(long step, CancellationTokenSource stop) : ITrainingProgress
    {
        public void Stage(string name)
        {
        }

        public void Rows(long done, long? total)
        {
        }

        public void Step(StepReport report)
        {
            if (report.Step == step)
            {
                stop.Cancel();
            }
        }

        public void Epoch(EpochReport report)
        {
        }

        public void Notice(string message)
        {
        }
    }
}
