using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Data.Lakes;
using YarnDL.Digits;
using YarnDL.Testing;

namespace YarnDL.Cluster.Tests;

/// <summary>Executors in JVMs of their own on this machine, without YARN: layouts, partition counts, signals, strangers at the bridge.</summary>
public sealed class LocalClusterTests : IDisposable
{
    private const int Rows = 600;

    /// <summary>The hello of a connection that asks.</summary>
    private const ushort Ask = 62;

    private static readonly TimeSpan Start = TimeSpan.FromMinutes(10), End = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-local-").FullName;

    private static string Yarndl => SparkInstallation.Built("artifacts/pack/yarndl/yarndl", "the bundle is not built; run ./build.sh pack");

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Fewer_partitions_than_executors_give_the_same_bits_while_strangers_knock_at_the_bridges()
    {
        Tables();
        Run("local", "one.parquet", local: true);
        using Command run = Submit("spark", "one.parquet", "local-cluster[2,1,1024]", "--conf", $"spark.yarndl.executable={Listener()}",
            "--conf", "spark.scheduler.minRegisteredResourcesRatio=1",
            "--conf", "spark.eventLog.enabled=true", "--conf", "spark.eventLog.compress=false", "--conf", $"spark.eventLog.dir=file:{Directory.CreateDirectory(In("events")).FullName}");
        var processes = new ContainerProcesses(_folder);
        int[] held = Wait.For("a checkpoint and two workers", Start, () =>
        {
            Assert.False(run.HasExited, "it has ended");
            return HasCheckpoint() && processes.Find(ContainerProcesses.Worker) is { Length: 2 } w ? w : null;
        }, () => run.Text + Logs());
        ContainerProcesses.Pause(held);
        (int Port, string Secret)[] bridges = [.. File.ReadLines(In("hellos")).Select(l => JsonNode.Parse(l)!).Select(h => ((int)h["port"]!, h["secret"]!.ToString()))];
        Assert.Equal(3, bridges.Length);
        string seen = processes.Everything();
        foreach ((int port, string secret) in bridges)
        {
            Assert.Equal(64, secret.Length);
            Stranger("GET / HTTP/1.0\r\n\r\n"u8.ToArray(), port);
            Stranger(Hello(Convert.FromHexString(secret[2..] + "00")), port);
            Stranger(Hello([]), port);
            Stranger([.. Header(Ask, int.MaxValue)], port);
            Stranger([.. Header(Ask + 1, 0)], port);
        }

        // One that begins and then says nothing is sent away while the job waits, and one that hangs up is nobody.
        Stranger("YDLW"u8.ToArray(), [.. bridges.Select(b => b.Port)]);
        ContainerProcesses.Resume(held);
        Assert.True(run.Wait() == 0, run.Text + Logs());
        Assert.Equal(Weights("local"), Weights("spark"));
        string told = run.Text + Logs();
        Assert.Equal(bridges.Length, told.Split("refused a connection from port").Length - 1);
        string events = string.Join('\n', Directory.EnumerateFiles(In("events"), "*", SearchOption.AllDirectories).Select(File.ReadAllText));
        Assert.Contains("spark.yarndl.executable", events, StringComparison.Ordinal);
        Assert.Contains("worker", seen, StringComparison.Ordinal);
        foreach ((_, string secret) in bridges)
        {
            foreach (string form in (string[])[secret, secret.ToUpperInvariant(), Convert.ToBase64String(Convert.FromHexString(secret))])
            {
                Assert.False((seen + told + events).Contains(form, StringComparison.Ordinal), "a secret can be read from arguments, environment, logs or Spark's configuration");
            }
        }

        Nothing(processes);
    }

    [Fact]
    public void SIGTERM_leaves_nothing_running_and_nothing_half_written_and_the_run_can_be_continued()
    {
        Tables();
        Run("local", "one.parquet", local: true);
        using (Command run = Submit("spark", "many", "local[2]", "--conf", "spark.sql.files.maxPartitionBytes=32768"))
        {
            var processes = new ContainerProcesses(_folder);
            int worker = Wait.For("a checkpoint", Start, () =>
            {
                Assert.False(run.HasExited, "it has ended");
                return HasCheckpoint() && processes.Find(ContainerProcesses.Worker) is { Length: 1 } w ? w : null;
            }, () => run.Text)[0];
            ContainerProcesses.Pause(worker);
            ContainerProcesses.Terminate(Assert.Single(processes.Find("org.yarndl.spark.YarnDlMain")));
            Assert.NotEqual(0, run.Wait());
            Nothing(processes);
            Assert.Equal(["blocks", "checkpoints"], Directory.EnumerateFileSystemEntries(In("spark")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        }

        // The lease of a run that was killed is free after a minute.
        Assert.All(Directory.GetFiles(_folder, "spark.lease-*"), f => File.SetLastWriteTimeUtc(f, DateTime.UnixEpoch));
        Run("spark", "many", local: false, "--resume");
        Assert.Equal(Weights("local"), Weights("spark"));
        Assert.Empty(Directory.GetFiles(_folder, "spark.lease-*"));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The same rows as one file, and as six files in another order.</summary>
    private void Tables()
    {
        var lake = new EmbeddedLake();
        DigitTable.Write(lake, new TableSource { Format = "parquet", Paths = [In("one.parquet")] }, WriteMode.Create, 5, 0, Rows);
        Directory.CreateDirectory(In("many"));
        for (int i = 0; i < 6; i++)
        {
            DigitTable.Write(lake, new TableSource { Format = "parquet", Paths = [In($"many/{5 - i}.parquet")] }, WriteMode.Create, 5, i * Rows / 6, Rows / 6);
        }

        File.WriteAllText(In("job.yaml"), """
            version: 1
            seed: 3
            data: {train: {format: parquet, path: x}}
            features: [{type: image, name: image, column: png, grayscale: true, resize: [28, 28]}]
            label: {column: digit, classes: 10}
            model: {type: lenet5, classes: 10, activation: tanh}
            loss: crossEntropy
            train: {epochs: 3, batchSize: 64, shards: 4, checkpoint: {everySteps: 2}}
            output: run
            """);
    }

    private void Run(string output, string table, bool local, params string[] more)
    {
        using Command run = local
            ? Command("train", In("job.yaml"), "--set", $"data.train={{path: '{In(table)}'}}", "--set", $"output='{In(output)}'")
            : Submit(output, table, "local[2]", more);
        Assert.True(run.Wait() == 0, run.Text);
    }

    private Command Submit(string output, string table, string master, params string[] more) =>
        Command(["submit", In("job.yaml"), "--master", master, "--set", $"data.train.path='file:{In(table)}'", "--set", $"output='file:{In(output)}'",
            "--conf", $"spark.sql.warehouse.dir={In("warehouse")}", .. more]);

    private Command Command(params string[] words)
    {
        string yarndl = Yarndl;
        var info = new System.Diagnostics.ProcessStartInfo(yarndl, words) { WorkingDirectory = _folder };
        SparkInstallation.Prepare(info);
        info.Environment["SPARK_HOME"] = Home();
        return new Command(info);
    }

    /// <summary>Spark's folder by links, so that what it writes beside itself goes away with the test.</summary>
    private string Home()
    {
        if (!Directory.Exists(In("home")))
        {
            Directory.CreateDirectory(In("home"));
            foreach (string entry in Directory.EnumerateFileSystemEntries(SparkInstallation.Home))
            {
                File.CreateSymbolicLink(In($"home/{Path.GetFileName(entry)}"), entry);
            }
        }

        return In("home");
    }

    private string Logs() => Directory.Exists(In("home/work")) ? string.Join('\n', Directory.EnumerateFiles(In("home/work"), "std*", SearchOption.AllDirectories).Select(File.ReadAllText)) : "";

    private string Weights(string output) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(In($"{output}/model/weights.safetensors"))));

    private static void Nothing(ContainerProcesses processes) =>
        Wait.Until("the end of every process", End, () => processes.Find("").Length == 0, () => string.Join(' ', processes.Find("")));

    private bool HasCheckpoint() => Directory.Exists(In("spark/checkpoints")) && Directory.EnumerateFileSystemEntries(In("spark/checkpoints")).Any();

    /// <summary>yarndl that first writes down the hello that it is given: the only way to learn the secrets.</summary>
    private string Listener()
    {
        string file = In("listener");
        File.WriteAllText(file, $"""
            #!/bin/sh
            read -r hello
            printf '%s\n' "$hello" >> '{In("hellos")}'
            pipe='{In("pipe")}'.$$
            mkfifo "$pipe"
            exec 3<&0
            (printf '%s\n' "$hello"; exec cat) <&3 > "$pipe" &
            exec '{Yarndl}' "$@" < "$pipe" 3<&-

            """);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    private static IEnumerable<byte> Header(ushort operation, int length) => [.. "YDLW"u8, 2, 0, .. BitConverter.GetBytes(operation), .. BitConverter.GetBytes(length), .. new byte[8]];

    private static byte[] Hello(byte[] secret) => [.. Header(Ask, secret.Length + 8), .. BitConverter.GetBytes(secret.Length), .. secret, .. new byte[4]];

    /// <summary>Sends the bytes to each port and waits until they have all hung up without a word.</summary>
    private static void Stranger(byte[] bytes, params int[] ports)
    {
        Socket[] sockets = [.. ports.Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 60_000 })];
        for (int i = 0; i < ports.Length; i++)
        {
            sockets[i].Connect(IPAddress.Loopback, ports[i]);
            sockets[i].Send(bytes);
        }

        foreach (Socket socket in sockets)
        {
            using (socket)
            {
                try
                {
                    Assert.Equal(0, socket.Receive(new byte[64]));
                }
                catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
                {
                    // It was hung up before all was read.
                }
            }
        }
    }
}
