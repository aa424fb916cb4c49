using System.Diagnostics;
using YarnDL.Data;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Spark.Bridge;
using YarnDL.Spark.Engines;
using YarnDL.Spark.Files;
using YarnDL.Spark.Lakes;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.Workers;

namespace YarnDL.Spark;

/// <summary>This process as the driver of a Spark application: its files, tables and executors, all through the JVM that started it.</summary>
public sealed class SparkDriver : IDisposable
{
    private const string Variable = "YARNDL_BRIDGE";

    private readonly BridgeClient _bridge;
    private readonly SparkLake _lake;

    private SparkDriver(WorkerHello hello)
    {
        _bridge = new BridgeClient(hello);
        Files = new HadoopFileStore(_bridge);
        _lake = new SparkLake(_bridge);
        Cores = hello.Cores;
        Bytes = hello.Bytes;
    }

    /// <summary>Files of every Hadoop file system.</summary>
    public IFileStore Files { get; }

    /// <summary>Tables, views, files and SQL of Spark; dispose it with the driver.</summary>
    public ILake Lake => _lake;

    /// <summary>Cores of this container.</summary>
    public int Cores { get; }

    /// <summary>Memory of this container that is ours.</summary>
    public long Bytes { get; }

    /// <summary>Connects to the JVM if it started this process; else null. Reads the hello from standard input, and ends the process when that ends.</summary>
    /// <exception cref="ProtocolException">The hello is not one of this release.</exception>
    public static SparkDriver? Attach()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not "stdin")
        {
            return null;
        }

        // Children of this process must not think that the hello is theirs.
        Environment.SetEnvironmentVariable(Variable, null);
        Stream stdin = Console.OpenStandardInput();
        var driver = new SparkDriver(WorkerHello.Read(stdin));
        driver._bridge.Ask(BridgeOperation.Driver, static request => request.Text(WorkerProcess.Release).Text(KernelSet.Name), static _ => 0);
        new Thread(() => EndWith(stdin)) { IsBackground = true, Name = "parent" }.Start();
        return driver;
    }

    /// <summary>What the application is, and how many executors it has now.</summary>
    public SparkApplication Application() => _bridge.Ask(BridgeOperation.Application, static _ => { }, static reply => new SparkApplication(
        RequestFields.TakeText(ref reply), RequestFields.TakeText(ref reply), RequestFields.TakeText(ref reply), RequestFields.TakeText(ref reply),
        RequestFields.TakeText(ref reply), RequestFields.TakeInt32(ref reply), RequestFields.TakeInt32(ref reply), RequestFields.TakeInt64(ref reply)));

    /// <summary>Steps on the executors, one Spark job each.</summary>
    public IEngine Engine() => new SparkEngine(_bridge, Cores);

    /// <summary>A secret of Hadoop's credential providers, such as a password; never written anywhere.</summary>
    /// <exception cref="DataException">No provider holds it.</exception>
    public string Secret(string alias) => SparkLake.Ask(() => _bridge.Ask(BridgeOperation.Secret, request => request.Text(alias), static reply => RequestFields.TakeText(ref reply)));

    /// <summary>Gives a source a name for SQL and table sources: a temporary view of the session.</summary>
    /// <exception cref="DataException">It is missing or cannot be read.</exception>
    public void NameTable(string name, TableSource source) => _lake.Name(name, source);

    /// <summary>A Spark job whose tasks do nothing: what every step costs at least.</summary>
    public void EmptyJob(int tasks) => _bridge.Ask(BridgeOperation.EmptyJob, request => request.AppendInt32(tasks), static _ => 0);

    /// <summary>What Spark's pages show of the work under way.</summary>
    public void Describe(string text) => _bridge.Ask(BridgeOperation.Describe, request => request.Text(text), static _ => 0);

    /// <summary>Tells the scheduler how this process is about to end; its exit code must be the same.</summary>
    public void TellOutcome(int code, bool retryable, string name, string message) => _bridge.Ask(BridgeOperation.Outcome, request =>
    {
        request.AppendInt32(code);
        request.AppendByte(retryable ? (byte)1 : (byte)0);
        request.Text(name).Text(message);
    }, static _ => 0);

    public void Dispose()
    {
        Lake.Dispose();
        _bridge.Dispose();
    }

    /// <summary>The JVM never writes after the hello: the end of the stream is the JVM's own, however it came.</summary>
    private static void EndWith(Stream stdin)
    {
        try
        {
            while (stdin.ReadByte() >= 0)
            {
            }
        }
        catch (IOException)
        {
        }

        Process.GetCurrentProcess().Kill();
    }
}
