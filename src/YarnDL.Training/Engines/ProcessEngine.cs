namespace YarnDL.Training.Engines;

/// <summary>Shards in worker processes on this machine, over the protocol of the cluster. A dead worker's shards are redone by the driver: same bits.</summary>
public sealed class ProcessEngine(ProcessEngineOptions options) : IEngine
{
    public string Description => $"{options.Workers} worker processes";

    public YarnDL.Tensors.ComputePool Pool => throw new NotImplementedException();

    public void Open(EngineSession session) => throw new NotImplementedException();

    public IReadOnlyList<float> Begin(int phase, Steps.StepPosition position) => throw new NotImplementedException();

    public Steps.StepSums Step(StepOrder order, YarnDL.Tensors.Tensor parameters, YarnDL.Tensors.Tensor buffers) => throw new NotImplementedException();

    public Steps.Measures Evaluate(long version, int phase, bool heldOut, YarnDL.Tensors.Tensor parameters, YarnDL.Tensors.Tensor buffers) => throw new NotImplementedException();

    public void Close() => throw new NotImplementedException();

    public void Dispose()
    {
    }
}
