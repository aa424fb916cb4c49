using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Plans;

/// <summary>
/// Rows in memory for plans of every kind: x (6 numbers), ids (3 words of 40), other (3 words of 40), kind (3 classes), y (a number), weight, one and zero;
/// 5 batches of 32, the last with 20 rows.
/// </summary>
internal static class TinyRows
{
    public const int Batch = 32;
    public const int Words = 40;
    private const int Pool = 148;

    public static ExplicitRows Of(int shards = 4, int batch = Batch, int rows = Pool) => new(
        [
            new("x", DType.Float32, new Shape(6)), new("ids", DType.Int64, new Shape(3)), new("other", DType.Int64, new Shape(3)), new("kind", DType.Int64, Shape.Scalar),
            new("y", DType.Float32, Shape.Scalar), new("weight", DType.Float32, Shape.Scalar), new("one", DType.Float32, new Shape(1)), new("zero", DType.Float32, new Shape(1)),
        ],
        [
            Floats([Pool, 6], i => Noise(i) + (i % 6 % 3 == i / 6 % 3 ? 1.2f : 0f)), Longs([Pool, 3], i => (long)(Noise(i + 7001) * 9999 + 10000) % Words), Longs([Pool, 3], i => (long)(Noise(i + 17001) * 9999 + 10000) % Words),
            Longs([Pool], i => i % 3), Floats([Pool], i => Noise(i + 501) + (i % 3)), Floats([Pool], i => 0.5f + (i % 4)), Floats([Pool, 1], _ => 1), Floats([Pool, 1], _ => 0),
        ],
        [.. Enumerable.Range(0, (rows + batch - 1) / batch).Select(s => Enumerable.Range(s * batch, Math.Min(batch, rows - (s * batch))).Select(r => (r * 37) % Pool).ToArray())],
        shards);

    public static TrainingPlan Plan(Module network, params string[] inputs) => new()
    {
        Model = Model.Build(network, [.. inputs.Select(i => i == "x" ? new InputSpec("x", DType.Float32, new Shape(6)) : new InputSpec(i, DType.Int64, new Shape(3)))], seed: 5),
        Inputs = inputs.ToDictionary(i => i, i => i),
        Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
        Optimizer = new Sgd(0.1),
        Schedule = new ConstantSchedule(),
        Epochs = 2,
        BatchSize = Batch,
        Shards = 4,
        Seed = 3,
    };

    /// <summary>The weights after a run in one thread, which threads, worker processes, and a run broken off after every few steps must reach too.</summary>
    public static Model SameEverywhere(TrainingPlan plan, int steps)
    {
        using var folder = new TemporaryFolder();
        using var one = new LocalEngine(1, prefetch: false);
        using var three = new LocalEngine(3);
        using var workers = new ProcessEngine(new ProcessEngineOptions { Workers = 3, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand });
        TrainingResult first = Fit(plan, folder["one"], one);
        Assert.Equal(steps, first.Steps);
        string weights = SmallTraining.Weights(first);
        Assert.Equal(weights, SmallTraining.Weights(Fit(plan, folder["three"], three)));
        Assert.Equal(weights, SmallTraining.Weights(Fit(plan, folder["workers"], workers)));
        Assert.Equal(3, workers.Workers.Count);
        Assert.Equal(weights, SmallTraining.Weights(Broken(plan, folder["broken"], one, every: 3)));
        return ModelDirectory.Open(new LocalFileStore(), first.ModelPath!).Model;
    }

    /// <summary>A run that is cancelled after every so many steps, and resumed until it is done.</summary>
    public static TrainingResult Broken(TrainingPlan plan, string output, IEngine engine, int every)
    {
        while (true)
        {
            using var stop = new CancellationTokenSource();
            int done = 0;
            TrainingResult r = Fit(plan, output, engine, new Recorder(_ =>
            {
                if (++done == every)
                {
                    stop.Cancel();
                }
            }), stop.Token);
            if (r.Outcome != TrainingOutcome.Cancelled)
            {
                return r;
            }
        }
    }

    public static TrainingResult Fit(TrainingPlan plan, string output, IEngine engine, Recorder? recorder = null, CancellationToken cancellation = default, Func<TrainingRun, TrainingRun>? change = null, ExplicitRows? rows = null)
    {
        ExplicitRows given = rows ?? Of(plan.Shards, plan.BatchSize);
        var run = new TrainingRun { Store = new LocalFileStore(), Rows = given, Output = output, Engine = engine, Checkpoints = new CheckpointPolicy { EveryEpochs = 0, EverySteps = 1000 } };
        return Trainer.FitAsync(plan, change is null ? run : change(run), recorder ?? new Recorder(), cancellation).GetAwaiter().GetResult();
    }

    /// <summary>All weights after a run in one thread.</summary>
    public static float[] Train(TrainingPlan plan, ExplicitRows? rows = null)
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1, prefetch: false);
        return ModelDirectory.Open(new LocalFileStore(), Fit(plan, folder["run"], engine, rows: rows).ModelPath!).Model.Parameters.Span<float>().ToArray();
    }

    /// <summary>A fixed sequence in -1 .. 1.</summary>
    public static float Noise(int i) => ((uint)((i + 1) * 2654435761L) >> 7) % 1000 / 500f - 1f;

    private static Tensor Floats(long[] shape, Func<int, float> value)
    {
        var t = new Tensor(DType.Float32, new Shape(shape));
        for (int i = 0; i < t.Span<float>().Length; i++)
        {
            t.Span<float>()[i] = value(i);
        }

        return t;
    }

    private static Tensor Longs(long[] shape, Func<int, long> value)
    {
        var t = new Tensor(DType.Int64, new Shape(shape));
        for (int i = 0; i < t.Span<long>().Length; i++)
        {
            t.Span<long>()[i] = value(i);
        }

        return t;
    }
}
