using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using YarnDL.Data.Lakes;
using YarnDL.Digits;
using YarnDL.Testing;

namespace YarnDL.Cluster.Tests;

/// <summary>Executors in JVMs of their own on this machine, without YARN: layouts, partition counts, signals, strangers at the bridge.</summary>
public sealed partial class LocalClusterTests : IDisposable
{
    private const int Rows = 600, Terminate = 15;

    private static readonly TimeSpan Start = TimeSpan.FromMinutes(3), End = TimeSpan.FromSeconds(30);

    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-local-").FullName;

    private static string Yarndl => SparkInstallation.Built("artifacts/pack/yarndl/yarndl", "the bundle is not built; run ./build.sh pack");

    private string In(string name) => Path.Combine(_folder, name);

    [Fact]
    public void Another_layout_with_more_partitions_than_executors_gives_the_same_bits_while_strangers_knock_at_the_bridge()
    {
        Tables();
        Run("local", "one.parquet", local: true);
        using Command run = Submit("spark", "many", "local-cluster[2,1,1024]", "--conf", "spark.sql.files.maxPartitionBytes=32768");
        var processes = new ContainerProcesses(_folder);
        Wait.Until("a worker", Start, () => processes.Find(ContainerProcesses.Worker).Length > 0 || run.HasExited, () => run.Text);
        int[] jvms = processes.Find("java");
        string secrets = string.Concat(jvms.Concat(processes.Find(ContainerProcesses.Worker)).Select(Everything));
        foreach (int port in jvms.SelectMany(LoopbackPorts).Distinct())
        {
            Knock(port, "GET / HTTP/1.0\r\n\r\n"u8.ToArray());
            Knock(port, [.. "YDLW"u8, 2, 0, 62, 0, 36, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 32, 0, 0, 0, .. new byte[32]]);
            Knock(port, [.. "YDLW"u8, 2, 0, 62, 0, 255, 255, 255, 127, 0, 0, 0, 0, 0, 0, 0, 0]);
        }

        Assert.True(run.Wait() == 0, run.Text);
        Assert.Equal(Weights("local"), Weights("spark"));
        string logs = run.Text + Logs();
        Assert.DoesNotContain("\"secret\":", secrets + logs, StringComparison.Ordinal);
        int refused = logs.Split("refused a connection from port").Length - 1;
        Assert.InRange(refused, 1, jvms.Length * 2);
        Nothing(processes);
    }

    [Fact]
    public void SIGTERM_leaves_nothing_running_and_nothing_half_written_and_the_run_can_be_continued()
    {
        Tables();
        Run("local", "one.parquet", local: true);
        using (Command run = Submit("spark", "one.parquet", "local[2]"))
        {
            var processes = new ContainerProcesses(_folder);
            Wait.Until("a checkpoint", Start, () => run.HasExited || (Directory.Exists(In("spark/checkpoints")) && Directory.EnumerateFileSystemEntries(In("spark/checkpoints")).Any()), () => run.Text);
            int driver = Assert.Single(processes.Find(ContainerProcesses.Driver));
            ContainerProcesses.Pause(driver);
            _ = kill(Assert.Single(processes.Find("org.yarndl.spark.YarnDlMain")), Terminate);
            Assert.NotEqual(0, run.Wait());
            Nothing(processes);
            Assert.False(Directory.Exists(In("spark/model")));
        }

        // The lease of a run that was killed is free after a minute.
        Wait.Until("the end of the lease", TimeSpan.FromMinutes(2), () => Directory.GetFiles(_folder, "spark.lease-*").All(f => DateTime.UtcNow - File.GetLastWriteTimeUtc(f) > TimeSpan.FromSeconds(61)));
        Run("spark", "one.parquet", local: false, "--resume");
        Assert.Equal(Weights("local"), Weights("spark"));
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

    /// <summary>What anybody on the machine may read of a process.</summary>
    private static string Everything(int id)
    {
        try
        {
            return Encoding.Latin1.GetString(File.ReadAllBytes($"/proc/{id}/cmdline")) + Encoding.Latin1.GetString(File.ReadAllBytes($"/proc/{id}/environ"));
        }
        catch (IOException)
        {
            return "";
        }
    }

    /// <summary>Ports of 127.0.0.1 that a process listens on.</summary>
    private static IEnumerable<int> LoopbackPorts(int id)
    {
        HashSet<string> inodes = [];
        try
        {
            foreach (string fd in Directory.EnumerateFiles($"/proc/{id}/fd"))
            {
                inodes.Add(new FileInfo(fd).LinkTarget ?? "");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }

        return [.. ((string[])["tcp", "tcp6"]).Where(f => File.Exists($"/proc/{id}/net/{f}")).SelectMany(f => File.ReadLines($"/proc/{id}/net/{f}").Skip(1))
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(w => w[3] == "0A" && w[1].Contains("0100007F:", StringComparison.Ordinal) && inodes.Contains($"socket:[{w[9]}]"))
            .Select(w => int.Parse(w[1][(w[1].IndexOf(':', StringComparison.Ordinal) + 1)..], NumberStyles.HexNumber, CultureInfo.InvariantCulture))];
    }

    private static void Knock(int port, byte[] bytes)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 2000 };
            socket.Connect(IPAddress.Loopback, port);
            socket.Send(bytes);
            byte[] answer = new byte[64];
            _ = socket.Receive(answer);
        }
        catch (SocketException)
        {
            // Refused, reset, or silent until the time-out: all are answers to a stranger.
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int pid, int signal);
}
