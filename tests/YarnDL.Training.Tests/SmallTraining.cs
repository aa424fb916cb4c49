using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Rows;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Tests;

/// <summary>
/// A training that takes a second and still meets every case: 500 rows in 8 shards, batches of 64 with a partial one at the end of the epoch,
/// held-out rows, two epochs, a small network.
/// </summary>
internal sealed class SmallTraining : IDisposable
{
    public const int Features = 12;

    /// <summary>Steps of the whole training.</summary>
    public const int Steps = 14;

    private readonly TemporaryFolder _folder = new();

    public SmallTraining()
    {
        Encoded = Encoder.Run(new EncodeJob
        {
            Features = FeatureList,
            Rows = () => [Batch(500)],
            HeldOutFraction = 0.2,
            Shards = 8,
            Store = Store,
            Folder = _folder["staging"],
        });
    }

    public static FeatureList FeatureList => new(new NumericFeature("x", [.. Names], NumericScale.Standard), Label.Index("kind"));

    public static IEnumerable<string> Names => Enumerable.Range(0, Features).Select(i => $"f{i}");

    public LocalFileStore Store { get; } = new();

    public EncodeResult Encoded { get; }

    public string this[string name] => _folder[name];

    public static TrainingPlan Plan => new()
    {
        Model = Model.Build(new Mlp(3, [16]), [new InputSpec("x", DType.Float32, new Shape(Features))], seed: 7),
        Inputs = new Dictionary<string, string> { ["x"] = "x" },
        Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
        Optimizer = new Adam(0.01),
        Schedule = new OneCycleSchedule(),
        Metrics = [new Accuracy()],
        Epochs = 2,
        BatchSize = 64,
        Shards = 8,
        Seed = 42,
    };

    public TrainingRun Run(string name, IEngine? engine = null) => new()
    {
        Store = Store,
        TrainBlocks = $"{Encoded.Folder}/trained",
        HeldOutBlocks = $"{Encoded.Folder}/heldout",
        Output = _folder[name],
        Engine = engine,
        RunId = "small",
        Ledger = Encoded.Ledger,
        Features = System.Text.Encoding.UTF8.GetBytes(Encoded.Features.ToJson()),
    };

    public static TrainingResult Fit(TrainingRun run, Recorder? progress = null, TrainingPlan? plan = null, CancellationToken cancellation = default) =>
        Trainer.FitAsync(plan ?? Plan, run, progress ?? new Recorder(), cancellation).GetAwaiter().GetResult();

    /// <summary>The bytes of the weights file.</summary>
    public static string Weights(TrainingResult result) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes($"{result.ModelPath}/weights.safetensors")));

    /// <summary>What an uninterrupted run in one thread gives.</summary>
    public string Reference()
    {
        using var engine = new LocalEngine(1, prefetch: false);
        TrainingResult r = Fit(Run("reference", engine) with { Checkpoints = CheckpointPolicy.None });
        Assert.Equal(TrainingOutcome.Trained, r.Outcome);
        Assert.Equal(Steps, r.Steps);
        return Weights(r);
    }

    /// <summary>Rows that a small network can tell apart, from a fixed sequence.</summary>
    public static ColumnBatch Batch(int rows, int first = 0)
    {
        var schema = new Schema([.. Names.Select(n => new Field(n, ColumnType.Float32)), new Field("kind", ColumnType.Text), new Field("key", ColumnType.Int64)]);
        ColumnBuilder[] columns = [.. schema.Fields.Select(f => new ColumnBuilder(f))];
        for (int r = first; r < first + rows; r++)
        {
            int kind = r % 3;
            for (int c = 0; c < Features; c++)
            {
                uint noise = (uint)((((r * Features) + c) * 2654435761L) >> 7) % 1000;
                columns[c].Append((noise / 500f) - 1f + (c % 3 == kind ? 1.2f : 0f));
            }

            columns[Features].AppendText(((string[])["red", "green", "blue"])[kind]);
            columns[Features + 1].Append((long)r);
        }

        return new ColumnBatch(schema, rows, [.. columns.Select(c => c.Build())]);
    }

    public ModelDirectory Open(TrainingResult result) => ModelDirectory.Open(Store, result.ModelPath!);

    /// <summary>The command of the worker that the tests start.</summary>
    public static IReadOnlyList<string> WorkerCommand => [Path.Combine(AppContext.BaseDirectory, "YarnDL.Training.Worker")];

    public void Dispose() => _folder.Dispose();
}
