using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>All shards in this process, as one subtree.</summary>
/// <param name="threads">Threads of the compute pool; 0 = all cores.</param>
/// <param name="prefetch">Read the next step's rows while this one computes.</param>
public sealed class LocalEngine(int threads = 0, bool prefetch = true) : IEngine
{
    private EngineSession? _session;
    private ShardWorker? _worker;

    public string Description => $"local, {Pool.Threads} threads{(prefetch ? "" : ", no prefetch")}";

    public ComputePool Pool { get; } = new(threads > 0 ? threads : Environment.ProcessorCount);

    public bool ReadsAhead => prefetch;

    public void Open(EngineSession session)
    {
        Close();
        _session = session;
        _worker = new ShardWorker(session.Plan, session.Rows, session.HeldOut, Pool, prefetch);
    }

    public IReadOnlyList<float> Begin(StepPosition position) =>
        StepSums.FoldNext(Session.Plan.Shards, _worker!.Begin(All, position));

    public StepSums Step(StepOrder order, Tensor parameters, Tensor buffers) =>
        StepSums.Fold(Pool, Session.Plan.Shards, _worker!.Run(WorkOrder.Of(Session, order, All, generation: 0), parameters, buffers));

    public Measures Evaluate(long version, int phase, bool heldOut, Tensor parameters, Tensor buffers)
    {
        IRowSource rows = heldOut ? Session.HeldOut! : Session.Rows;
        return EvaluationPart.Fold(rows.Shards, rows.StepsPerEpoch(Session.Plan.Batch),
            _worker!.Evaluate(new ShardRange(0, rows.Shards), heldOut, phase, parameters, buffers), Session.Plan.Phases[phase]);
    }

    public IReadOnlyList<NodeTime> NodeTimes() => _worker?.NodeTimes() ?? [];

    public void Close()
    {
        _worker?.Dispose();
        _worker = null;
        _session = null;
    }

    public void Dispose()
    {
        Close();
        Pool.Dispose();
    }

    private EngineSession Session => _session ?? throw new InvalidOperationException("[engine] it is not open; call Open");

    private ShardRange All => new(0, Session.Plan.Shards);
}
