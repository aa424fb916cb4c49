using System.Security.Cryptography;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;

namespace YarnDL.Spark.Tests.Inside;

/// <summary>A small training with blocks, checkpoints and model on Hadoop's files, its steps on executors; and the same in this process.</summary>
public sealed class SparkEngineTests : IDisposable
{
    private readonly SparkDriver _driver = SparkSession.Require();
    private readonly string _folder;

    public SparkEngineTests()
    {
        _folder = $"{_driver.Application().DefaultFileSystem.TrimEnd('/')}/tmp/yarndl-{Guid.NewGuid():n}";
        Store.MakeFolders(_folder);
    }

    private IFileStore Store => _driver.Files;

    private static TrainingPlan Plan => new()
    {
        Model = Model.Build(new Mlp(3, [16]), [new InputSpec("x", DType.Float32, new Shape(4))], seed: 7),
        Inputs = new Dictionary<string, string> { ["x"] = "x" },
        Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind")],
        Optimizer = new Adam(0.01),
        Schedule = new ConstantSchedule(),
        Metrics = [new Accuracy()],
        Epochs = 2,
        BatchSize = 64,
        Shards = 8,
        Seed = 42,
    };

    [Fact]
    public void Weights_are_the_same_bytes_as_on_one_machine()
    {
        EncodeResult encoded = Encoder.Run(new EncodeJob
        {
            Features = new FeatureList(new NumericFeature("x", ["a", "b", "c", "d"], NumericScale.Standard), Label.Index("kind")),
            Rows = () => _driver.Lake.Read(new TableSource { Format = "sql", Sql = "select float(id % 3) a, float(id % 7) b, float(id % 11) c, float(id % 13) d, string(id % 3) kind from range(300)" }, new ReadRequest()),
            HeldOutFraction = 0.2,
            Shards = 8,
            Store = Store,
            Folder = $"{_folder}/staging",
        });
        using IEngine local = new LocalEngine(1), spark = _driver.Engine();
        Assert.Equal(Fit("local", encoded, local), Fit("spark", encoded, spark));
    }

    private string Fit(string name, EncodeResult encoded, IEngine engine)
    {
        TrainingResult result = Training.Trainer.FitAsync(Plan, new TrainingRun
        {
            Store = Store,
            TrainBlocks = encoded.TrainedFolder,
            HeldOutBlocks = encoded.HeldOutFolder,
            Output = $"{_folder}/{name}",
            Engine = engine,
            Ledger = encoded.Ledger,
        }, new Quiet()).GetAwaiter().GetResult();
        Assert.Equal(TrainingOutcome.Trained, result.Outcome);
        using Stream weights = Store.OpenRead($"{result.ModelPath}/weights.safetensors");
        return Convert.ToHexString(SHA256.HashData(weights));
    }

    public void Dispose() => Store.Delete(_folder);
}
