using System.Text.Json.Nodes;
using YarnDL.Testing;

namespace YarnDL.Cluster.Tests;

/// <summary>A cluster with Kerberos, tokens and encryption on every wire.</summary>
public sealed class SecureClusterTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-secure-").FullName;

    private static string Yarndl => SparkInstallation.Built("artifacts/pack/yarndl/yarndl", "the bundle is not built; run ./build.sh pack");

    [Fact]
    public void A_keytab_trains_the_same_bits_on_a_secured_cluster_and_without_one_nothing_starts()
    {
        string yarndl = Yarndl, jar = SparkInstallation.Jar;
        string job = Path.Combine(_folder, "job.yaml");
        File.WriteAllText(job, """
            version: 1
            name: secured
            seed: 3
            data: {train: {sql: "select float(id % 3) a, float(id % 7) b, string(id % 3) kind from range(600)"}}
            features: [{type: numeric, name: x, columns: [a, b]}]
            label: {column: kind}
            model: {type: mlp, hidden: [16], outputs: 3}
            loss: crossEntropy
            train: {epochs: 2, batchSize: 64}
            output: run
            """);
        using var cluster = new MiniCluster(_folder, "--secure", "alice", "--nm", "1");
        string kerberos = $"-Djava.security.krb5.conf={cluster["krb5"]}";
        string[] common = ["submit", job, "--num-executors", "1", "--conf", $"spark.yarn.jars=local:{SparkInstallation.Home}/jars/*",
            "--conf", $"spark.driver.extraJavaOptions={kerberos} -XX:TieredStopAtLevel=1", "--conf", $"spark.executor.extraJavaOptions={kerberos} -XX:TieredStopAtLevel=1"];
        string[] login = ["--principal", cluster["principal"], "--keytab", cluster["keytab"]];

        using (Command stranger = cluster.Start(yarndl, common))
        {
            Assert.True(stranger.Wait() == 6, stranger.Text);
            Assert.Contains("authenticate", stranger.Text, StringComparison.Ordinal);
        }

        using Command run = cluster.Start(yarndl, [.. common, .. login, "--tag", "secured", "--set", "output=/user/alice/run"]);
        Assert.True(run.Wait() == 0, $"{run.Text}\n{cluster.Logs()}");
        using Command local = cluster.Start(yarndl, "submit", job, "--master", "local[1]", "--set", $"output=file:{_folder}/local", "--conf", "spark.hadoop.fs.defaultFS=file:///", "--conf", "spark.hadoop.hadoop.security.authentication=simple");
        Assert.True(local.Wait() == 0, local.Text);
        using Command manifest = cluster.Start($"{SparkInstallation.Home}/bin/spark-submit",
            ["--master", "local[1]", .. login, "--class", "org.yarndl.spark.ClusterTool", jar, "follow", "secured", "/user/alice/run/model/manifest.json"]);
        Assert.True(manifest.Wait() == 0, manifest.Text);
        string expected = Weights(File.ReadAllText($"{_folder}/local/model/manifest.json"));
        string line = manifest.Text.Split('\n').First(l => l.StartsWith("YARNDL outcome\t", StringComparison.Ordinal));
        Assert.Equal(expected, Weights(line["YARNDL outcome\t".Length..]));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The checksum of the weights that a manifest tells.</summary>
    private static string Weights(string manifest) => JsonNode.Parse(manifest)!["files"]!["weights.safetensors"]!.ToJsonString();
}
