namespace YarnDL.Training.Engines;

/// <summary>Shards in worker processes on this machine, over the protocol of the cluster. A dead worker's shards are redone by the driver: same bits.</summary>
public sealed class ProcessEngine(ProcessEngineOptions options) : IEngine
{
    public string Description => $"{options.Workers} worker processes";

    public void Dispose()
    {
    }
}
