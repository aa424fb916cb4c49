using System.Diagnostics;
using System.Text.Json.Nodes;
using YarnDL.Testing;

namespace YarnDL.Cluster.Tests;

/// <summary>HDFS, two NodeManagers and a Hive metastore in JVMs of their own; ends with this object.</summary>
internal sealed class MiniCluster : IDisposable
{
    private readonly Process _process;
    private readonly JsonObject _addresses;

    /// <param name="folder">For all it writes.</param>
    /// <param name="more">Options of the test cluster; by default two nodes and a metastore.</param>
    public MiniCluster(string folder, params string[] more)
    {
        Folder = folder;
        string module = Path.Combine(SharedFolder.Root, "am/testcluster/target");
        string classPath = File.ReadAllText(SparkInstallation.Built("am/testcluster/target/classpath.txt", "the test cluster is not built; run ./build.sh am")).Trim();
        string conf = Directory.CreateDirectory(Path.Combine(folder, "cluster", "conf")).FullName;
        var info = new ProcessStartInfo("java") { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string a in (string[])[
            "-Xmx600m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--add-opens=java.base/java.lang=ALL-UNNAMED", "--add-opens=java.security.jgss/sun.security.krb5=ALL-UNNAMED",
            "-cp", $"{conf}:{module}/classes:{classPath}", "org.yarndl.testcluster.TestCluster", Path.Combine(folder, "cluster"), "--nm-mb", "6144",
            .. more.Length > 0 ? more : ["--nm", "2", "--metastore", $"{SparkInstallation.Home}/jars"]])
        {
            info.ArgumentList.Add(a);
        }

        _process = Process.Start(info)!;
        StreamWriter log = File.CreateText(Path.Combine(folder, "cluster.log"));
        _process.ErrorDataReceived += (_, e) =>
        {
            lock (log)
            {
                log.WriteLine(e.Data);
                log.Flush();
            }
        };
        _process.BeginErrorReadLine();
        string? line = _process.StandardOutput.ReadLine();
        while (line is not null && line[..Math.Min(1, line.Length)] != "{")
        {
            line = _process.StandardOutput.ReadLine();
        }

        Assert.True(line is not null, $"the cluster did not start\n{Tail(Path.Combine(folder, "cluster.log"))}");
        _addresses = (JsonObject)JsonNode.Parse(line)!;
        Files = new WebHdfs((_addresses["webhdfs"]?.ToString() ?? "http://secured").TrimEnd('/').Replace("hdfs:", "http:", StringComparison.Ordinal));
        Processes = new ContainerProcesses(folder);
    }

    public string Folder { get; }

    public WebHdfs Files { get; }

    public ContainerProcesses Processes { get; }

    /// <summary>An address: conf, fs, metastore, ...</summary>
    public string this[string name] => _addresses[name]!.ToString();

    /// <summary>A program that knows this cluster by its environment.</summary>
    public Command Start(string program, params IEnumerable<string> arguments)
    {
        var info = new ProcessStartInfo(program) { WorkingDirectory = Folder };
        foreach (string a in arguments)
        {
            info.ArgumentList.Add(a);
        }

        SparkInstallation.Prepare(info);
        info.Environment["HADOOP_CONF_DIR"] = this["conf"];
        if (_addresses["krb5"] is { } krb5)
        {
            info.Environment["SPARK_SUBMIT_OPTS"] += $" -Djava.security.krb5.conf={krb5}";
            info.Environment["KRB5CCNAME"] = Path.Combine(Folder, "no-tickets");
        }

        return new Command(info);
    }

    /// <summary>The newest lines of the containers' logs.</summary>
    /// <param name="application">Of one application; empty: of all.</param>
    /// <param name="lines">Of each file.</param>
    public string Logs(string application = "", int lines = 25) => string.Join('\n', Directory.EnumerateFiles(Folder, "std*", SearchOption.AllDirectories)
        .Where(f => f.Contains($"{application}/container_", StringComparison.Ordinal)).OrderBy(File.GetLastWriteTimeUtc).Select(f => $"--- {f}\n{Tail(f, lines)}"));

    public void Dispose()
    {
        Files.Dispose();
        _process.StandardInput.Close();
        if (!_process.WaitForExit(60_000))
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private static string Tail(string file, int lines = 25)
    {
        try
        {
            return string.Join('\n', File.ReadLines(file).TakeLast(lines));
        }
        catch (IOException)
        {
            // Collected and removed meanwhile.
            return "";
        }
    }
}
