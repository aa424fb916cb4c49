using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Spark;
using YarnDL.Training.Engines;

namespace YarnDL.Commands;

/// <summary>Where this process has its files, tables and steps: on this machine, or in the Spark application that started it.</summary>
internal static class Place
{
    private static readonly Lazy<SparkDriver?> Attached = new(SparkDriver.Attach);

    /// <summary>The application around this process; null on one machine.</summary>
    public static SparkDriver? Spark => Attached.Value;

    public static IFileStore Files => Spark?.Files ?? new LocalFileStore();

    /// <summary>The lake; named tables of a job are only needed where no metastore knows them.</summary>
    public static ILake Lake(EmbeddedLakeOptions? options = null) => Spark?.Lake ?? new EmbeddedLake(options);

    /// <summary>The engine of a cluster; null on one machine, where the job says how steps are carried out.</summary>
    public static IEngine? Engine() => Spark?.Engine();

    /// <summary>The full path of a file here; on a cluster a path is Hadoop's, with or without a scheme.</summary>
    public static string Full(string path) => Spark is null ? Path.GetFullPath(path) : path.TrimEnd('/');
}
