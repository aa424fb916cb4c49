namespace YarnDL.Training.Workers;

/// <summary>The worker process: <c>yarndl worker</c>.</summary>
public static class WorkerProcess
{
    /// <summary>Reads the hello (secret, port, cores, bytes) from the stream, connects to the driver and serves it until Stop or the end of the stream.</summary>
    /// <returns>The process's exit code.</returns>
    public static int Run(Stream stdin) => throw new NotImplementedException();
}
