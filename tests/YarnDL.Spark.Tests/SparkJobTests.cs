using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using YarnDL.Testing;

namespace YarnDL.Spark.Tests;

/// <summary>yarndl submit with a local master: the command line, Spark, and the same command line inside it; secrets in a real credential store, predictions in a real metastore.</summary>
public sealed class SparkJobTests : IDisposable
{
    private const string Secret = "open-sesame-4711";

    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-job-").FullName;

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Named_tables_secrets_and_partitions_work_through_submit_and_the_secret_is_written_nowhere()
    {
        Bundle();
        StringBuilder csv = new("id,a,b,kind\n");
        for (int i = 0; i < 400; i++)
        {
            csv.Append($"{i},{i % 3},{i % 7},{i % 3}\n");
        }

        File.WriteAllText(In("points.csv"), csv.ToString());
        Directory.CreateDirectory(In("elsewhere"));
        File.WriteAllText(In("elsewhere/job.yaml"), $$"""
            version: 1
            name: doors
            seed: 1
            data:
              tables: {points: {path: 'file:{{In("points.csv")}}', format: csv, columns: {id: bigint, a: double, b: double, kind: string} } }
              train: {sql: "select a, b, kind from points where sha2('${secret:door.key}', 256) = '{{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))}}'"}
              split: 0.2
            features: [{type: numeric, name: x, columns: [a, b], scale: standard}]
            label: {column: kind}
            model: {type: mlp, outputs: 3, hidden: [8]}
            loss: crossEntropy
            train: {epochs: 2, batchSize: 64, shards: 2}
            output: 'file:{{In("run")}}'
            score: {input: {table: points}, output: scores, format: table, mode: overwrite, keep: [id], outputs: [class], partition: {day: '2026-11-21'} }
            """);
        string keys = $"jceks://file{In("keys.jceks")}";
        (int code, string log) = Run(SparkInstallation.Home + "/bin/spark-submit", "--master", "local[1]", "--conf", "spark.ui.enabled=false", "--class", "org.apache.hadoop.security.alias.CredentialShell",
            "spark-internal", "create", "door.key", "-value", Secret, "-provider", keys);
        Assert.True(code == 0, log);

        // the job file as --files brings it
        string[] where = ["--master", "local[2]", "--conf", $"spark.hadoop.hadoop.security.credential.provider.path={keys}", .. Metastore()];
        (code, log) = Submit(In("elsewhere/job.yaml"), where);
        Assert.True(code == 0, log);
        Assert.Contains("epoch 2 ", log, StringComparison.Ordinal);
        Assert.Contains("\"outcome\":\"done\"", log, StringComparison.Ordinal);
        Assert.Contains("${secret:door.key}", File.ReadAllText(In("run/model/manifest.json")), StringComparison.Ordinal);
        string everything = log;

        // and as an address of Hadoop's files
        (code, log) = Submit($"file:{In("elsewhere/job.yaml")}", [.. where, "--command", "score"]);
        Assert.True(code == 0, log);
        Assert.Contains("rows    read 400 = scored 400 ", log, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(In("warehouse/scores/day=2026-11-21"), "part-*"));
        everything += log;

        // what the engine does not like about the query is told without the secret
        (code, log) = Submit(In("elsewhere/job.yaml"), [.. where, "--set", "data.train.sql=\"select '${secret:door.key}' as x from no_such_table\"", "--set", $"output='file:{In("other")}'"]);
        Assert.True(code == 3, log);
        (int missing, string without) = Submit(In("elsewhere/job.yaml"), ["--master", "local[2]", "--conf", "spark.sql.catalogImplementation=in-memory", "--set", $"output='file:{In("third")}'"]);
        Assert.True(missing == 3 && without.Contains("no credential provider holds door.key", StringComparison.Ordinal), without);
        everything += log + without;
        Assert.DoesNotContain(Secret, everything, StringComparison.Ordinal);
        foreach (string file in Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories))
        {
            Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.UTF8.GetBytes(Secret)) >= 0, $"the secret is in {file}");
        }

        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(_folder, "*", SearchOption.AllDirectories), f => f.EndsWith(".tmp", StringComparison.Ordinal) || f.EndsWith(".alive", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A small archive whose yarndl is this build's.</summary>
    private void Bundle()
    {
        _ = SparkInstallation.Jar;
        Directory.CreateDirectory(In("bundle"));
        string cli = Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli");
        File.WriteAllText(In("bundle/yarndl"), $"#!/bin/sh\nexec '{cli}' \"$@\"\n");
        File.SetUnixFileMode(In("bundle/yarndl"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (int code, string log) = Run("tar", "-czf", In("yarndl.tgz"), "-C", In("bundle"), "yarndl");
        Assert.True(code == 0, log);
    }

    private string[] Metastore() =>
    [
        "--conf", "spark.sql.catalogImplementation=hive", "--conf", $"spark.sql.warehouse.dir=file:{In("warehouse")}", "--conf", "spark.ui.enabled=false",
        "--conf", $"spark.hadoop.javax.jdo.option.ConnectionURL=jdbc:derby:;databaseName={In("metastore")};create=true",
        "--conf", $"spark.hadoop.hive.exec.scratchdir={In("scratch")}", "--conf", $"spark.driver.extraJavaOptions=-Dderby.system.home={_folder}",
    ];

    private (int Code, string Log) Submit(string job, params string[] more) =>
        Run(Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli"), ["submit", job, "--jar", SparkInstallation.Jar, "--archive", In("yarndl.tgz"), .. more]);

    private (int Code, string Log) Run(string program, params string[] words)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = _folder };
        words.ToList().ForEach(info.ArgumentList.Add);
        return SparkStack.Run(info);
    }
}
