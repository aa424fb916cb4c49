using YarnDL.Data.Files;
using YarnDL.Spark.Bridge;
using YarnDL.Spark.Files;
using YarnDL.Training.Workers;

namespace YarnDL.Spark;

/// <summary>What a worker process on an executor has beside its frames.</summary>
public static class SparkWorker
{
    /// <summary>The cluster's files, through the JVM that started the worker; connections are made when the first file is opened.</summary>
    public static IFileStore Files(WorkerHello hello) => new HadoopFileStore(new BridgeClient(hello));
}
