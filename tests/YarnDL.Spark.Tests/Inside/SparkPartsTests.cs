using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;

namespace YarnDL.Spark.Tests.Inside;

/// <summary>Encoding, scoring and measuring inside Spark tasks: the bytes, predictions and values of one machine.</summary>
public sealed class SparkPartsTests : IDisposable
{
    private const string Columns = "cast(if(id % 700 = 3, null, id % 3) as float) a, float(id % 7) b, float(id % 11) c, float(id % 13) d, string(id % 3) kind, id % 2000 as id";

    private readonly SparkDriver _driver = SparkSession.Require();
    private readonly string _folder;

    public SparkPartsTests()
    {
        _folder = $"{_driver.Application().DefaultFileSystem.TrimEnd('/')}/tmp/yarndl-{Guid.NewGuid():n}";
        Store.MakeFolders(_folder);
    }

    private IFileStore Store => _driver.Files;

    private static FeatureList Features => new(new NumericFeature("x", ["a", "b", "c", "d"], NumericScale.Standard), Label.Index("kind"));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Every_byte_of_the_staging_folder_is_the_same_as_on_one_machine(int partitions)
    {
        EncodeJob job = Job("local", Rows(partitions));
        EncodeResult local = Encoder.Run(job);
        using IEngine engine = _driver.Engine();
        EncodeResult spark = Encoder.Run(job with { Folder = $"{_folder}/spark", Stages = engine.Encoding(new Quiet()) });
        Assert.Equal(local.Ledger, spark.Ledger);
        Assert.True(spark.Ledger.Quarantined > 0 && spark.Ledger.HeldOut > 0 && spark.Ledger.Trained > 1000);
        Assert.Equal(local.DataHash, spark.DataHash);
        Assert.Equal(Bytes("local"), Bytes("spark"));
    }

    [Fact]
    public void Held_out_rows_of_a_table_of_their_own_and_a_set_without_rows_are_the_same_too()
    {
        EncodeJob job = Job("local", Rows(3)) with { HeldOutFraction = 0 };
        Encoder.Run(job);
        using IEngine engine = _driver.Engine();
        Encoder.Run(job with { Folder = $"{_folder}/spark", Stages = engine.Encoding(new Quiet()) });
        Assert.Equal(Bytes("local"), Bytes("spark"));
        TableSource more = Sql("from range(5000, 5400, 1, 2)");
        job = job with { HeldOutRows = () => _driver.Lake.Read(more, Read), HeldOutTable = (more, Read) };
        Encoder.Run(job with { Folder = $"{_folder}/local2" });
        Encoder.Run(job with { Folder = $"{_folder}/spark2", Stages = engine.Encoding(new Quiet()) });
        Assert.Equal(Bytes("local2"), Bytes("spark2"));
    }

    [Fact]
    public void What_a_task_finds_wrong_is_told_as_on_one_machine()
    {
        using IEngine engine = _driver.Engine();
        EncodeJob job = Job("local", Sql("from range(0, 1000, 1, 1)"));
        foreach (Func<EncodeJob, EncodeJob> change in (Func<EncodeJob, EncodeJob>[])[j => j with { OnBadRow = BadRowPolicy.Fail }, j => j with { RowKey = ["kind"] }])
        {
            DataException here = Assert.Throws<DataException>(() => Encoder.Run(change(job)));
            DataException there = Assert.Throws<DataException>(() => Encoder.Run(change(job) with { Stages = engine.Encoding(new Quiet()) }));
            Assert.Equal((here.Fault, here.Message), (there.Fault, there.Message));
        }

        Assert.Empty(Store.List(_folder));
    }

    [Fact]
    public async Task A_model_trained_on_them_scores_and_judges_a_table_as_on_one_machine()
    {
        using IEngine engine = _driver.Engine();
        EncodeResult encoded = Encoder.Run(Job("staging", Rows(4)) with { Stages = engine.Encoding(new Quiet()) });
        string model = (await Training.Trainer.FitAsync(new TrainingPlan
        {
            Model = Model.Build(new Mlp(3, [16]), [new InputSpec("x", DType.Float32, new Shape(4))], seed: 7),
            Inputs = new Dictionary<string, string> { ["x"] = "x" },
            Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
            Optimizer = new Adam(0.01),
            Schedule = new ConstantSchedule(),
            Metrics = [new Accuracy()],
            Epochs = 1,
            BatchSize = 64,
            Shards = 8,
        }, new TrainingRun { Store = Store, TrainBlocks = encoded.TrainedFolder, Output = $"{_folder}/run", Engine = engine, Ledger = encoded.Ledger, Features = System.Text.Encoding.UTF8.GetBytes(encoded.Features.ToJson()) },
            new Quiet(), TestContext.Current.CancellationToken)).ModelPath!;

        var request = new ScoreRequest
        {
            Store = Store,
            ModelPath = model,
            Lake = _driver.Lake,
            Source = Rows(4),
            Filter = "id < 1500",
            Target = Files("scores-local"),
            Keep = ["ID", "kind"],
            Outputs = ["class", "probabilities"],
            OnBadRow = BadRowPolicy.Quarantine(100),
            BadRowsPath = $"{_folder}/bad-local",
        };
        ScoreResult here = Scorer.Score(request, new Quiet());
        ScoreResult there = Scorer.Score(request with { Target = Files("scores-spark"), BadRowsPath = $"{_folder}/bad-spark", Engine = engine }, new Quiet());
        Assert.Equal(here.Ledger, there.Ledger);
        Assert.True(there.Ledger.Quarantined > 0 && there.Ledger.Filtered > 0);
        Assert.Equal(Lines("scores-local"), Lines("scores-spark"));
        Assert.Equal(Text(here.BadRows!), Text(there.BadRows!));
        Assert.DoesNotContain(Store.List(_folder), f => f.Path.EndsWith(".tmp", StringComparison.Ordinal));

        string table = $"scores{Guid.NewGuid():n}";
        Scorer.Score(request with { Target = new TableSource { Format = "table", Table = table }, Engine = engine }, new Quiet());
        Assert.Equal(there.Ledger.Scored, _driver.Lake.Read(new TableSource { Format = "table", Table = table }, new ReadRequest()).Sum(b => b.Rows));

        // A Hive table with partitions: those that get rows are replaced, others stay.
        string parted = $"parted{Guid.NewGuid():n}";
        var hive = new TableSource { Format = "table", Table = parted };
        _driver.Lake.Describe(new TableSource { Format = "sql", Sql = $"create table {parted} (class string, id bigint) partitioned by (kind string) stored as orc" });
        ScoreRequest partition = request with { Target = hive, Outputs = ["class"], Mode = WriteMode.Overwrite, Engine = engine };
        long first = Scorer.Score(partition, new Quiet()).Ledger.Scored;
        Assert.True(first > Scorer.Score(partition with { Filter = "id < 1500 and kind = '1'" }, new Quiet()).Ledger.Scored);
        Assert.Equal(first, Rows(hive));

        // One that is named beside the rows; what was there before goes, and no other partition changes.
        ScoreRequest named = partition with { Target = hive with { Options = new Dictionary<string, string> { ["partition.kind"] = "new" } }, Keep = ["id"] };
        Scorer.Score(named, new Quiet());
        long less = Scorer.Score(named with { Filter = "id < 100" }, new Quiet()).Ledger.Scored;
        Assert.Equal(first + less, Rows(hive));
        Assert.Equal(less, _driver.Lake.Read(hive, new ReadRequest(["id"], "kind = 'new'")).Sum(b => b.Rows));

        var judge = new EvaluationRequest { Store = Store, ModelPath = model, Lake = _driver.Lake, Source = Rows(4), DropBadRows = true };
        EvaluationResult one = Evaluator.Evaluate(judge, new Quiet());
        EvaluationResult many = Evaluator.Evaluate(judge with { Source = Rows(7), Engine = engine, Staging = $"{_folder}/judge" }, new Quiet());
        Assert.Equal(one.Values, many.Values);
        Assert.Equal((one.Rows, one.Dropped), (many.Rows, many.Dropped));
        Assert.Null(Store.Stat($"{_folder}/judge"));
    }

    public void Dispose() => Store.Delete(_folder);

    private long Rows(TableSource table) => _driver.Lake.Read(table, new ReadRequest()).Sum(b => (long)b.Rows);

    private static ReadRequest Read => new(["a", "b", "c", "d", "kind", "id"]);

    private static TableSource Sql(string from) => new() { Format = "sql", Sql = $"select {Columns} {from}" };

    private static TableSource Rows(int partitions) => Sql(FormattableString.Invariant($"from range(0, 3000, 1, {partitions})"));

    private TableSource Files(string name) => new() { Format = "parquet", Paths = [$"{_folder}/{name}"] };

    private EncodeJob Job(string name, TableSource rows) => new()
    {
        Features = Features,
        Rows = () => _driver.Lake.Read(rows, Read),
        Table = (rows, Read),
        HeldOutFraction = 0.2,
        OnBadRow = BadRowPolicy.Quarantine(1000),
        KeyColumns = ["id"],
        Shards = 8,
        Store = Store,
        Folder = $"{_folder}/{name}",
    };

    private SortedDictionary<string, string> Bytes(string name)
    {
        var found = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var open = new Queue<string>([name]);
        while (open.TryDequeue(out string? folder))
        {
            foreach (FileStat entry in Store.List($"{_folder}/{folder}"))
            {
                string inner = $"{folder}/{entry.Path[(entry.Path.LastIndexOf('/') + 1)..]}";
                if (entry.IsFolder)
                {
                    open.Enqueue(inner);
                }
                else
                {
                    found.Add(inner[name.Length..], Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(Content(entry.Path))));
                }
            }
        }

        return found;
    }

    private List<string> Lines(string name)
    {
        var lines = new List<string>();
        foreach (ColumnBatch b in _driver.Lake.Read(Files(name), new ReadRequest()))
        {
            float[] p = b["probabilities"].Children[0].As<float>().ToArray();
            for (int r = 0; r < b.Rows; r++)
            {
                lines.Add($"{b.Columns[0].As<long>()[r]} {b["kind"].Text(r)} {b["class"].Text(r)} {string.Join(' ', p.Skip(3 * r).Take(3).Select(BitConverter.SingleToUInt32Bits))}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private string Text(string path) => System.Text.Encoding.UTF8.GetString(Content(path));

    private byte[] Content(string path)
    {
        using Stream stream = Store.OpenRead(path);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
