using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Spark;
using YarnDL.Training.Engines;

namespace YarnDL.Commands;

/// <summary>Where this process has its files, tables and steps: on this machine, or in the Spark application that started it.</summary>
internal static class Place
{
    private static readonly Lazy<SparkDriver?> Attached = new(SparkDriver.Attach);

    private static readonly Lazy<SparkApplication?> Described = new(() => Spark?.Application());

    /// <summary>The application around this process; null on one machine.</summary>
    public static SparkDriver? Spark => Attached.Value;

    /// <summary>The application as it is known from its start; null on one machine.</summary>
    public static SparkApplication? Application => Described.Value;

    public static IFileStore Files => Spark?.Files ?? new LocalFileStore();

    /// <summary>The lake, in which a job's tables have their names: on a cluster they are temporary views, beside the tables of the metastore.</summary>
    public static ILake Lake(IReadOnlyDictionary<string, TableSource>? tables = null)
    {
        if (Spark is not { } spark)
        {
            return new EmbeddedLake(tables is null ? null : new EmbeddedLakeOptions { Tables = tables });
        }

        foreach ((string name, TableSource source) in tables ?? new Dictionary<string, TableSource>())
        {
            spark.NameTable(name, source);
        }

        return spark.Lake;
    }

    /// <summary>The engine of a cluster; null on one machine, where the job says how steps are carried out.</summary>
    public static IEngine? Engine() => Spark?.Engine();

    /// <summary>
    /// The length of a job file and how to open it. Under Spark: a Hadoop URI, else a name among the files of --files, else a path from the working folder.
    /// </summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    public static (long Bytes, Func<Stream> Open) JobFile(string path)
    {
        if (Spark is { } spark && path.Contains(":/", StringComparison.Ordinal))
        {
            return (spark.Files.Stat(path) is { IsFolder: false } stat ? stat.Bytes : throw new FileNotFoundException(path), () => spark.Files.OpenRead(path));
        }

        string shipped = Spark is not null && !Path.IsPathRooted(path) && Environment.GetEnvironmentVariable("YARNDL_FILES") is { Length: > 0 } folder ? Path.Combine(folder, path) : path;
        string found = File.Exists(shipped) ? shipped : path;
        return (new FileInfo(found).Length, () => File.OpenRead(found));
    }

    /// <summary>Where rows are measured and scored: the cluster, worker processes, or this process.</summary>
    public static IEngine Engine(int workers, int threads) => Engine()
        ?? (workers > 0 ? new ProcessEngine(new ProcessEngineOptions { Workers = workers, ThreadsPerWorker = threads }) : new LocalEngine(threads));

    /// <summary>The full path of a file here; on a cluster a path is Hadoop's, with or without a scheme.</summary>
    public static string Full(string path) => Spark is null ? Path.GetFullPath(path) : path.TrimEnd('/');
}
