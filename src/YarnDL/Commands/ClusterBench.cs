using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Jobs;
using YarnDL.Nn;
using YarnDL.Outcomes;
using YarnDL.Spark;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl bench cluster</c>.</summary>
internal static class ClusterBench
{
    private const int EmptyJobs = 100, Warm = 20, Shards = 8, Batch = 256;

    public static Outcome Run(CommandSession session, int steps, int rows)
    {
        SparkDriver spark = Place.Spark ?? throw new JobException("[bench] there is no Spark application around this process; give the same words to yarndl.jar by spark-submit");
        SparkApplication application = spark.Application();
        string folder = $"{application.DefaultFileSystem.TrimEnd('/')}/tmp/yarndl-bench-{Guid.NewGuid():n}";
        JsonObject fields = new() { ["spark"] = application.SparkVersion, ["master"] = application.Master, ["executors"] = application.Executors };
        void Tell(string name, double value, string unit)
        {
            session.Say(string.Create(CultureInfo.InvariantCulture, $"{name,-28} {value,12:#,0.0} {unit}"));
            fields[name] = Math.Round(value, 3);
        }

        try
        {
            spark.Files.MakeFolders(folder);
            string sql = string.Create(CultureInfo.InvariantCulture, $"select float(id % 3) a, float(id % 7) b, float(id % 11) c, float(id % 13) d, string(id % 3) kind from range({rows})");
            TableSource source = new() { Format = "sql", Sql = sql };
            long start = Stopwatch.GetTimestamp();
            EncodeResult encoded = Encoder.Run(new EncodeJob
            {
                Features = new FeatureList(new NumericFeature("x", ["a", "b", "c", "d"], NumericScale.Standard), Label.Index("kind")),
                Rows = () => spark.Lake.Read(source, new ReadRequest()),
                Shards = Shards,
                Store = spark.Files,
                Folder = $"{folder}/staging",
                Cancel = session.Cancellation,
            });
            Tell("rows/s, SQL to blocks", rows / Stopwatch.GetElapsedTime(start).TotalSeconds, "");

            start = Stopwatch.GetTimestamp();
            using (ITableWriter writer = spark.Lake.Write(new TableSource { Format = "parquet", Paths = [$"{folder}/table"] }, spark.Lake.Describe(source), WriteMode.Create))
            {
                foreach (var batch in spark.Lake.Read(source, new ReadRequest()))
                {
                    writer.Write(batch);
                }

                writer.Commit();
            }

            Tell("rows/s, SQL to here to table", rows / Stopwatch.GetElapsedTime(start).TotalSeconds, "");
            int tasks = Math.Min(Shards, application.Executors);
            double[] empty = new double[EmptyJobs];
            for (int i = -Warm; i < EmptyJobs; i++)
            {
                start = Stopwatch.GetTimestamp();
                spark.EmptyJob(tasks);
                if (i >= 0)
                {
                    empty[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                }
            }

            Array.Sort(empty);
            Tell("ms, empty Spark job (median)", empty[EmptyJobs / 2], string.Create(CultureInfo.InvariantCulture, $"({tasks} tasks)"));
            using IEngine engine = spark.Engine();
            double[] times = Train(spark, engine, encoded, folder, steps, session.Cancellation);
            Array.Sort(times);
            Tell("ms, step (median)", 1000 * times[times.Length / 2], "");
            Tell("ms, step (90 %)", 1000 * times[(int)(times.Length * 0.9)], "");
            return session.Done(fields);
        }
        finally
        {
            spark.Files.Delete(folder);
        }
    }

    /// <summary>Seconds of each step after the first ones.</summary>
    private static double[] Train(SparkDriver spark, IEngine engine, EncodeResult encoded, string folder, int steps, CancellationToken cancellation)
    {
        StepTimes times = new();
        long rows = encoded.Ledger.Trained;
        Trainer(engine, encoded, folder, spark, (int)Math.Max(1, (steps + Warm) * (long)Batch / rows + 1), times, cancellation);
        return [.. times.Seconds.Skip(Warm).Take(steps)];
    }

    private static void Trainer(IEngine engine, EncodeResult encoded, string folder, SparkDriver spark, int epochs, StepTimes times, CancellationToken cancellation) =>
        Training.Trainer.FitAsync(
            new TrainingPlan
            {
                Model = Model.Build(new Mlp(3, [64]), [new InputSpec("x", DType.Float32, new Shape(4))], seed: 7),
                Inputs = new Dictionary<string, string> { ["x"] = "x" },
                Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
                Optimizer = new Adam(0.01),
                Schedule = new ConstantSchedule(),
                Metrics = [],
                Epochs = epochs,
                BatchSize = Batch,
                Shards = Shards,
                Seed = 42,
            },
            new TrainingRun { Store = spark.Files, TrainBlocks = encoded.TrainedFolder, Output = $"{folder}/run", Engine = engine, Ledger = encoded.Ledger }, times, cancellation).GetAwaiter().GetResult();

    private sealed class StepTimes : ITrainingProgress
    {
        private long _last = Stopwatch.GetTimestamp();

        public List<double> Seconds { get; } = [];

        public void Stage(string name)
        {
        }

        public void Rows(long done, long? total)
        {
        }

        public void Step(StepReport report)
        {
            Seconds.Add(Stopwatch.GetElapsedTime(_last).TotalSeconds);
            _last = Stopwatch.GetTimestamp();
        }

        public void Epoch(EpochReport report) => _last = Stopwatch.GetTimestamp();

        public void Notice(string message) => Console.Error.WriteLine(message);
    }
}
