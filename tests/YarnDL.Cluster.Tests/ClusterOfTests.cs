using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Data.Lakes;
using YarnDL.Digits;
using YarnDL.Testing;

namespace YarnDL.Cluster.Tests;

/// <summary>One cluster for all tests, tables of digits in its metastore, and the same training on one machine to compare with. Made when the first test asks.</summary>
public sealed class ClusterOfTests : IDisposable
{
    private const int Rows = 2000;
    private const ulong Seed = 11;

    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-cluster-").FullName;
    private MiniCluster? _cluster;

    /// <summary>SHA-256 of the weights that the training gives on one machine.</summary>
    public string Weights { get; private set; } = "";

    /// <summary>Ledger and data hash of the training on one machine.</summary>
    public string Facts { get; private set; } = "";

    internal MiniCluster Cluster => _cluster ??= Make();

    internal string JobFile => Path.Combine(_folder, "job.yaml");

    private static string Yarndl => SparkInstallation.Built("artifacts/pack/yarndl/yarndl", "the bundle is not built; run ./build.sh pack");

    internal static string Sha(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    /// <summary>Ledger and data hash of an outcome.</summary>
    internal static string FactsOf(JsonObject outcome) => $"{outcome["ledger"]?.ToJsonString()} {outcome["dataHash"]}";

    /// <summary>yarndl submit of the job.</summary>
    internal Command Submit(string table, string output, params string[] more) =>
        Cluster.Start(Yarndl, ["submit", JobFile, "--set", $"data.train.table={table}", "--set", $"output={output}", "--conf", $"spark.yarn.jars=local:{SparkInstallation.Home}/jars/*", .. more]);

    /// <summary>Another yarndl command on the cluster.</summary>
    internal Command Run(params string[] words) => Cluster.Start(Yarndl, words);

    public void Dispose()
    {
        _cluster?.Dispose();
        if (Environment.GetEnvironmentVariable("YARNDL_KEEP") is null)
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private MiniCluster Make()
    {
        string yarndl = Yarndl, jar = SparkInstallation.Jar, home = SparkInstallation.Home;
        SparkInstallation.Built("artifacts/pack/yarndl.jar", "the distribution has no yarndl.jar; run ./build.sh am, then ./build.sh pack");
        string table = Path.Combine(_folder, "digits.parquet");
        DigitTable.Write(new EmbeddedLake(), new TableSource { Format = "parquet", Paths = [table] }, WriteMode.Create, Seed, 0, Rows);
        File.WriteAllText(JobFile, """
            version: 1
            name: digits
            seed: 3
            data: {train: {table: digits}, split: 0.2}
            features:
              - {type: image, name: image, column: png, grayscale: true, resize: [28, 28], normalize: {mean: 0.14, std: 0.256}}
            label: {column: digit, classes: 10}
            model: {type: lenet5, classes: 10, activation: tanh}
            loss: crossEntropy
            optimizer: {type: adamw, learningRate: 0.003}
            train: {epochs: 3, batchSize: 128, checkpoint: {everySteps: 5, everyEpochs: 1}}
            metrics: [accuracy]
            output: run
            """);
        var cluster = new MiniCluster(_folder);
        try
        {
            Local(cluster, yarndl, table);
            string select = $"select * from parquet.`file:{table}`";
            using Command sql = cluster.Start($"{home}/bin/spark-sql", "--master", "local[2]", "--conf", $"spark.sql.warehouse.dir={cluster["fs"]}/user/hive/warehouse", "-e", $"""
                create table digits stored as parquet as {select};
                create table changing stored as parquet as {select};
                create table many stored as orc as select /*+ repartition(7, id) */ * from parquet.`file:{table}`;
                create table days (png binary, digit int, id bigint) partitioned by (day string) stored as parquet;
                set hive.exec.dynamic.partition.mode=nonstrict;
                insert into days select png, digit, id, concat('d', id % 4) from parquet.`file:{table}`;
                create view some as select png, digit, id from digits where digit < 10;
                """);
            Assert.True(sql.Wait() == 0, sql.Text);
            return cluster;
        }
        catch
        {
            cluster.Dispose();
            throw;
        }
    }

    private void Local(MiniCluster cluster, string yarndl, string table)
    {
        using Command local = cluster.Start(yarndl, "train", JobFile, "--set", $"data.train={{path: '{table}'}}", "--set", $"output='{Path.Combine(_folder, "local")}'");
        Assert.True(local.Wait() == 0, local.Text);
        Weights = Sha(File.ReadAllBytes(Path.Combine(_folder, "local/model/weights.safetensors")));
        Facts = FactsOf(local.Outcome());
    }
}
