using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
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

    /// <summary>Metrics of the model of one machine on the digits below 5.</summary>
    public string Judgement { get; private set; } = "";

    /// <summary>The run of one machine, as Hadoop names it.</summary>
    public string LocalRun => $"file:{_folder}/local";

    internal MiniCluster Cluster => _cluster ??= Make();

    internal string JobFile => Path.Combine(_folder, "job.yaml");

    private string Table => Path.Combine(_folder, "digits.parquet");

    private static string Yarndl => SparkInstallation.Built("artifacts/pack/yarndl/yarndl", "the bundle is not built; run ./build.sh pack");

    internal static string Sha(byte[] bytes) => Convert.ToHexString(SHA256.HashData(bytes));

    /// <summary>Ledger and data hash of an outcome.</summary>
    internal static string FactsOf(JsonObject outcome) => $"{outcome["ledger"]?.ToJsonString()} {outcome["dataHash"]}";

    /// <summary>yarndl submit of the job.</summary>
    /// <param name="rows">data.train.</param>
    internal Command Submit(string rows, string output, params string[] more) =>
        Cluster.Start(Yarndl, ["submit", JobFile, "--set", $"data.train={rows}", "--set", $"output={output}", "--conf", $"spark.yarn.jars=local:{SparkInstallation.Home}/jars/*", .. more]);

    /// <summary>yarndl submit of another job.</summary>
    internal Command SubmitJob(string yaml, params string[] more)
    {
        MiniCluster cluster = Cluster;
        string file = Path.Combine(_folder, $"{Guid.NewGuid():n}.yaml");
        File.WriteAllText(file, yaml);
        return cluster.Start(Yarndl, ["submit", file, "--conf", $"spark.yarn.jars=local:{SparkInstallation.Home}/jars/*", .. more]);
    }

    /// <summary>yarndl submit of scoring with the model of <see cref="LocalRun"/>.</summary>
    internal Command Score(string section, string output, params string[] more) =>
        Submit("{table: digits}", output, ["--command", "score", "--set", $"score={section}", "--set", $"score.model={LocalRun}/model", .. more]);

    /// <summary>A line of spark-submit as a user would type it.</summary>
    internal Command Shell(string line) => Cluster.Start("/bin/sh", "-c", $"{SparkInstallation.Home}/bin/{line}");

    /// <summary>Another yarndl command on the cluster.</summary>
    internal Command Run(params string[] words) => Cluster.Start(Yarndl, words);

    /// <summary>Kills what still runs in containers, every attempt of it.</summary>
    internal void EndApplications()
    {
        for (int i = 0; i < 100 && _cluster?.Processes.InContainers() is { Length: > 0 } left; i++)
        {
            foreach (string process in left)
            {
                ContainerProcesses.KillNow(int.Parse(process[..process.IndexOf(' ', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
            }

            _ = SpinWait.SpinUntil(() => false, 300);
        }
    }

    /// <summary>Predictions of one machine, a line for each row.</summary>
    internal List<string> Scores()
    {
        string to = Path.Combine(_folder, "scores");
        using Command local = Cluster.Start(Yarndl, "score", JobFile, "--set", $"score={{model: '{_folder}/local/model', input: '{Table}', output: '{to}', keep: [id, digit], outputs: [class, probabilities]}}");
        Assert.True(local.Wait() == 0, local.Text);
        return Lines(to, b => r => Number(b["digit"], r));
    }

    /// <summary>Predictions in a table that is partitioned by digit.</summary>
    internal List<string> ScoresOf(string table)
    {
        string to = Path.Combine(_folder, "scored");
        Cluster.Files.Download(table, to);
        string[] partitions = Directory.GetDirectories(to, "digit=*", SearchOption.AllDirectories);
        Assert.Equal(10, partitions.Length);
        return [.. partitions.SelectMany(p => Lines(p, _ => _ => p[(p.LastIndexOf('=') + 1)..])).Order(StringComparer.Ordinal)];
    }

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
        DigitTable.Write(new EmbeddedLake(), new TableSource { Format = "parquet", Paths = [Table] }, WriteMode.Create, Seed, 0, Rows);
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
            Local(cluster, yarndl);
            string select = $"select * from parquet.`file:{Table}`";
            using Command sql = cluster.Start($"{home}/bin/spark-sql", "--master", "local[2]", "--conf", $"spark.sql.warehouse.dir={cluster["fs"]}/user/hive/warehouse", "-e", $"""
                create table digits stored as parquet as {select};
                create table changing stored as parquet as {select};
                create table many stored as orc as select /*+ repartition(7, id) */ * from parquet.`file:{Table}`;
                create table scored (class bigint, probabilities array<float>, id bigint) partitioned by (digit int) stored as parquet;
                create view some as select png, digit, id from digits where digit < 5;
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

    private void Local(MiniCluster cluster, string yarndl)
    {
        string run = Path.Combine(_folder, "local");
        using Command local = cluster.Start(yarndl, "train", JobFile, "--set", $"data.train={{path: '{Table}'}}", "--set", $"output='{run}'");
        Assert.True(local.Wait() == 0, local.Text);
        Weights = Sha(File.ReadAllBytes($"{run}/model/weights.safetensors"));
        Facts = FactsOf(local.Outcome());
        using Command judged = cluster.Start(yarndl, "evaluate", JobFile, "--set", $"data.test={{path: '{Table}', filter: 'digit < 5'}}", "--set", $"output='{run}'");
        Assert.True(judged.Wait() == 0, judged.Text);
        Judgement = judged.Outcome()["metrics"]!.ToJsonString();
    }

    /// <summary>Predictions in Parquet files, in a text order.</summary>
    private static List<string> Lines(string folder, Func<ColumnBatch, Func<int, string>> digit)
    {
        using var lake = new EmbeddedLake();
        var lines = new List<string>();
        foreach (ColumnBatch b in lake.Read(new TableSource { Format = "parquet", Paths = [.. Directory.GetFiles(folder, "*.parquet")] }, new ReadRequest()))
        {
            Func<int, string> of = digit(b);
            float[] p = b["probabilities"].Children[0].As<float>().ToArray();
            for (int r = 0; r < b.Rows; r++)
            {
                lines.Add($"{of(r)} {Number(b["id"], r)} {Number(b["class"], r)} {string.Join(' ', p.Skip(10 * r).Take(10).Select(BitConverter.SingleToUInt32Bits))}");
            }
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Number(Column column, int row) =>
        (column.Field.Type == ColumnType.Int32 ? column.As<int>()[row] : column.As<long>()[row]).ToString(CultureInfo.InvariantCulture);
}
