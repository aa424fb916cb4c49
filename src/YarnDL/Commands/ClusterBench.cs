using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Jobs;
using YarnDL.Nn;
using YarnDL.Outcomes;
using YarnDL.Progress;
using YarnDL.Spark;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl bench cluster</c>: start-up, rows from a table to blocks and from workers to a table, and steps beside an empty Spark job.</summary>
internal sealed class ClusterBench
{
    private const int EmptyJobs = 100, Warm = 20, ImageRows = 2560;

    /// <summary>BigDL 2.4 on Spark 3.1.3, 2 cores of an AMD EPYC, nothing else running there: what its own step costs beside an empty job.</summary>
    private const string Peer = "BigDL 2.4, 2 cores: 15-23 ms in local[2] (empty job 8), 63 ms on 2 executors (empty job 24)",
        PeerImages = "BigDL 2.4, 2 cores: 58 ms on 2 executors", PeerStart = "Spark 3.1.3, JVM to first job done: 1.7 s local, 5.4 s with 2 executors";

    private readonly CommandSession _session;
    private readonly SparkDriver _spark;
    private readonly IEngine _engine;
    private readonly string _folder;
    private readonly JsonObject _fields;

    private ClusterBench(CommandSession session, SparkDriver spark, SparkApplication application)
    {
        (_session, _spark, _engine) = (session, spark, spark.Engine());
        _folder = $"{application.DefaultFileSystem.TrimEnd('/')}/tmp/yarndl-bench-{Guid.NewGuid():n}";
        _fields = new() { ["spark"] = application.SparkVersion, ["master"] = application.Master };
    }

    public static Outcome Run(CommandSession session, int steps, int rows)
    {
        SparkDriver spark = Place.Spark ?? throw new JobException("[bench] there is no Spark application around this process; give the same words to yarndl.jar by spark-submit");
        SparkApplication application = spark.Application();
        ClusterBench bench = new(session, spark, application);
        string table = $"yarndl_bench_{Guid.NewGuid():n}"[..24];
        using IEngine engine = bench._engine;
        try
        {
            spark.Files.MakeFolders(bench._folder);
            bench.Tell("s, JVM to .NET driver", application.Milliseconds / 1000.0, "");
            bench.Tell("s, JVM to first job done", (application.Milliseconds + bench.Milliseconds(() => spark.EmptyJob(application.Executors))) / 1000.0, PeerStart);
            int executors = spark.Application().Executors;
            bench._fields["executors"] = executors;
            TableSource small = Sql(string.Create(CultureInfo.InvariantCulture, $"{Columns} from range(0, 1000, 1, {executors})"));
            bench.Tell("s, first workers, 1,000 rows", bench.Milliseconds(() => bench.Encode(small, Numbers, "first", 1)) / 1000.0, "");
            bench.Rows(table, rows);
            bench.Steps(steps, executors);
            return session.Done(bench._fields);
        }
        finally
        {
            Drop(spark, table);
            Drop(spark, table + "_out");
            spark.Files.Delete(bench._folder);
        }
    }

    private const string Columns = "select id, float(id % 3) a, float(id % 7) b, float(id % 11) c, float(id % 13) d, float(id % 17) e, float(id % 19) f, string(id % 2) kind";

    private static FeatureList Numbers => new(new NumericFeature("x", ["a", "b", "c", "d", "e", "f"], NumericScale.Standard), Label.Index("kind"));

    private static TableSource Sql(string sql) => new() { Format = "sql", Sql = sql };

    private static void Drop(SparkDriver spark, string table) => spark.Lake.Describe(Sql($"drop table if exists {table}"));

    private void Tell(string name, double value, string peer)
    {
        _session.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-32} {value,12:#,0.0}{(peer.Length > 0 ? "   " + peer : "")}"));
        _fields[name] = Math.Round(value, 3);
    }

    private double Milliseconds(Action work)
    {
        _session.Cancellation.ThrowIfCancellationRequested();
        long start = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private EncodeResult Encode(TableSource source, FeatureList features, string name, int shards)
    {
        ReadRequest read = new([.. features.Columns]);
        return Encoder.Run(new EncodeJob
        {
            Features = features,
            Rows = () => _spark.Lake.Read(source, read),
            Table = (source, read),
            Stages = _engine.Encoding(new SilentProgress()),
            Shards = shards,
            Store = _spark.Files,
            Folder = $"{_folder}/{name}",
            Cancel = _session.Cancellation,
        });
    }

    /// <summary>A table of the metastore to blocks, and its predictions from the workers into another.</summary>
    private void Rows(string table, int rows)
    {
        TableSource source = new() { Format = "table", Table = table };
        _spark.Lake.Describe(Sql(string.Create(CultureInfo.InvariantCulture, $"create table {table} using parquet as {Columns} from range({rows})")));
        EncodeResult? encoded = null;
        Tell("rows/s, table to blocks", 1000 * rows / Milliseconds(() => encoded = Encode(source, Numbers, "staging", 8)), "");
        string model = Train(encoded!, new Mlp(2, [110]), new Shape(6), 32, 8, 1, new StepTimes()).ModelPath!;
        Tell("rows/s, workers to table", 1000 * rows / Milliseconds(() => Scorer.Score(new ScoreRequest
        {
            Store = _spark.Files,
            ModelPath = model,
            Lake = _spark.Lake,
            Source = source,
            Target = new TableSource { Format = "table", Table = table + "_out" },
            Keep = ["id"],
            Engine = _engine,
        }, new SilentProgress(), _session.Cancellation)), "");
    }

    /// <summary>Steps of a model of 992 parameters, batch 32, and of LeNet-5, batch 128, beside jobs that do nothing.</summary>
    private void Steps(int steps, int executors)
    {
        int shards = 1 << System.Numerics.BitOperations.Log2((uint)Math.Clamp(executors, 1, 8));
        double[] empty = [.. Enumerable.Range(0, EmptyJobs + Warm).Select(_ => Milliseconds(() => _spark.EmptyJob(shards))).Skip(Warm)];
        Tell("ms, empty Spark job", Median(empty), "");
        StepTimes times = new();
        Train(Encode(Sql($"{Columns} from range(6400)"), Numbers, "steps", shards), new Mlp(2, [110]), new Shape(6), 32, shards, Math.Max(1, (steps + Warm) / 200 + 1), times);
        double[] of = [.. times.Milliseconds.Skip(Warm).Take(steps)];
        Tell("ms, step, 992 parameters, b 32", Median(of), Peer);
        Tell("ms, its slowest tenth", of[(int)(of.Length * 0.9)], "");
        string pixels = string.Create(CultureInfo.InvariantCulture, $"select transform(sequence(1, 784), i -> float((i * 31 + id * 17) % 255) / 255) x, string(id % 10) kind from range({ImageRows})");
        StepTimes images = new();
        Train(Encode(Sql(pixels), new FeatureList(Feature.Tensor("x", 1, 28, 28), Label.Index("kind")), "images", 4), new LeNet5(), new Shape(1, 28, 28), 128, 4, 3, images);
        double lenet = Median([.. images.Milliseconds.Skip(Warm)]);
        Tell("ms, step, LeNet-5, b 128", lenet, PeerImages);
        Tell("samples/s, LeNet-5", 128_000 / lenet, "BigDL 2.4: 2,190; its LocalOptimizer without Spark 12,990");
    }

    private static double Median(double[] of)
    {
        Array.Sort(of);
        return of[of.Length / 2];
    }

    private TrainingResult Train(EncodeResult encoded, Module network, Shape input, int batch, int shards, int epochs, StepTimes times) => Training.Trainer.FitAsync(
        new TrainingPlan
        {
            Model = Model.Build(network, [new InputSpec("x", DType.Float32, input)], seed: 7),
            Inputs = new Dictionary<string, string> { ["x"] = "x" },
            Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
            Optimizer = new Adam(0.01),
            Schedule = new ConstantSchedule(),
            Metrics = [],
            Epochs = epochs,
            BatchSize = batch,
            Shards = shards,
            Seed = 42,
        },
        new TrainingRun
        {
            Store = _spark.Files,
            TrainBlocks = encoded.TrainedFolder,
            Output = $"{_folder}/run-{Guid.NewGuid():n}",
            Engine = _engine,
            Ledger = encoded.Ledger,
            Features = System.Text.Encoding.UTF8.GetBytes(encoded.Features.ToJson()),
        }, times, _session.Cancellation).GetAwaiter().GetResult();

    private sealed class StepTimes : ITrainingProgress
    {
        private long _last = Stopwatch.GetTimestamp();

        public List<double> Milliseconds { get; } = [];

        public void Stage(string name)
        {
        }

        public void Rows(long done, long? total)
        {
        }

        public void Step(StepReport report)
        {
            Milliseconds.Add(Stopwatch.GetElapsedTime(_last).TotalMilliseconds);
            _last = Stopwatch.GetTimestamp();
        }

        public void Epoch(EpochReport report) => _last = Stopwatch.GetTimestamp();

        public void Notice(string message) => Console.Error.WriteLine(message);
    }
}
