using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl worker</c>: a worker process, started by an engine that speaks through its standard input.</summary>
internal static class WorkerCommand
{
    public static Command Create()
    {
        Command c = new("worker", "A worker process of a training; started by yarndl itself.") { Hidden = true };
        c.SetAction(_ => Training.Workers.WorkerProcess.Run(Console.OpenStandardInput(), Spark.SparkWorker.Files, Jobs.JobSpecs.FeatureTypes));
        return c;
    }
}
