using YarnDL.Data.Encoding;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.Scoring;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>
/// Shards in worker processes on this machine, over the protocol of the cluster. A worker that dies is not replaced: the driver redoes its shards
/// of the step under way, and the others share them from the next step on. The bits stay.
/// </summary>
public sealed class ProcessEngine(ProcessEngineOptions options) : IEngine
{
    private readonly WorkerProcesses _workers = new(options);
    private readonly List<ShardWorker> _rescuers = [];
    private EngineSession? _session;
    private ShardWorker? _local;

    public string Description => $"{options.Workers} worker processes{(options.Prefetch ? "" : ", no prefetch")}";

    public ComputePool Pool { get; } = new(Environment.ProcessorCount);

    /// <summary>Process ids of the workers that are alive.</summary>
    public IReadOnlyList<int> Workers => Array.ConvertAll(_workers.Links, l => l.Process);

    /// <summary>The driver's port; 0 before the first run.</summary>
    internal int Port => _workers.Port;

    /// <summary>Connections that were refused.</summary>
    public int Refused => _workers.Refused;

    public Func<EncodeJob, string, IEncodingStages> Encoding(ITrainingProgress progress) => (job, folder) =>
    {
        _workers.Start(job.Shards, progress);
        return new WorkerStages(job, folder, _workers, progress);
    };

    IScoring IEngine.Scoring(ScoringJob job, Func<ModelBytes> model, ITrainingProgress progress)
    {
        _workers.Start(options.Workers, progress);
        return new WorkerScoring(job, model(), _workers, progress);
    }

    public void Open(EngineSession session)
    {
        Close();
        _session = session;
        _workers.Start(session.Plan.Shards, session.Progress);
        byte[] plan = StepPlanFormat.Write(session.Plan);
        foreach (WorkerLink link in _workers.Links)
        {
            Try(link, () => link.Open(session, plan, options.Prefetch));
        }
    }

    public IReadOnlyList<float> Begin(StepPosition position) => StepSums.FoldNext(Session.Plan.Shards, Gather(
        range => WorkOrder.Of(Session, new StepOrder(0, 0, 0, position, null, []), range, _workers.Lost),
        (link, order) => link.SendBegin(order),
        (link, order) => link.ReceiveSums(order, null, null),
        (worker, order) => worker.Begin(order.Range, position)));

    public StepSums Step(StepOrder order, Tensor parameters, Tensor buffers) => StepSums.Fold(Pool, Session.Plan.Shards, Gather(
        range => WorkOrder.Of(Session, order, range, _workers.Lost),
        (link, part) => link.SendWork(part, parameters, buffers),
        (link, part) => link.ReceiveSums(part, parameters, buffers),
        (worker, part) => worker.Run(part, parameters, buffers)));

    public Measures Evaluate(long version, int phase, bool heldOut, Tensor parameters, Tensor buffers)
    {
        IRowSource rows = heldOut ? Session.HeldOut! : Session.Rows;
        List<EvaluationPart> parts = Gather(
            range => range,
            (link, range) => link.SendEvaluate(range, heldOut, phase, version, parameters, buffers),
            (link, _) => link.ReceiveEvaluation(phase, version, parameters, buffers),
            (worker, range) => worker.Evaluate(range, heldOut, phase, parameters, buffers));
        return EvaluationPart.Fold(rows.Shards, rows.StepsPerEpoch(Session.Plan.Batch), parts, Session.Plan.Phases[phase]);
    }

    public IReadOnlyList<NodeTime> NodeTimes()
    {
        List<NodeTime> times = [.. _local?.NodeTimes() ?? []];
        foreach (WorkerLink link in _workers.Links)
        {
            Try(link, () => times.AddRange(link.Times()));
        }

        return NodeTime.Merge(times);
    }

    public void Close()
    {
        TellRefusals();
        Forget();
        _local?.Dispose();
        _local = null;
        _session = null;
    }

    public void Dispose()
    {
        Close();
        _workers.Dispose();
        Pool.Dispose();
    }

    private EngineSession Session => _session ?? throw new InvalidOperationException("[engine] it is not open; call Open");

    /// <summary>Sends each worker its range and collects the answers; what a dead worker owes is done here.</summary>
    private List<TNode> Gather<TOrder, TNode>(Func<ShardRange, TOrder> part, Action<WorkerLink, TOrder> send, Func<WorkerLink, TOrder, IReadOnlyList<TNode>> receive, Func<ShardWorker, TOrder, IReadOnlyList<TNode>> compute)
    {
        Forget();
        TellRefusals();
        int shards = Session.Plan.Shards;
        var nodes = new List<TNode>();
        WorkerLink[] alive = _workers.Links;
        if (alive.Length == 0)
        {
            _local ??= NewWorker(options.Prefetch);
            return [.. compute(_local, part(new ShardRange(0, shards)))];
        }

        ShardRange[] ranges = ShardTree.Deal(shards, alive.Length);
        TOrder[] parts = Array.ConvertAll(ranges, r => part(r));
        WorkerLink[] links = alive[..ranges.Length];
        var lost = new List<int>();
        for (int i = 0; i < ranges.Length; i++)
        {
            if (!Try(links[i], () => send(links[i], parts[i])))
            {
                lost.Add(i);
            }
        }

        for (int i = 0; i < ranges.Length; i++)
        {
            if (!lost.Contains(i) && !Try(links[i], () => nodes.AddRange(receive(links[i], parts[i]))))
            {
                lost.Add(i);
            }
        }

        foreach (int i in lost)
        {
            ShardWorker rescuer = NewWorker(prefetch: false);
            _rescuers.Add(rescuer);
            nodes.AddRange(compute(rescuer, parts[i]));
        }

        return nodes;
    }

    private ShardWorker NewWorker(bool prefetch) => new(Session.Plan, Session.Rows, Session.HeldOut, Pool, prefetch);

    private void TellRefusals()
    {
        if (_session is not null)
        {
            _workers.TellRefusals(_session.Progress);
        }
    }

    private void Forget()
    {
        foreach (ShardWorker w in _rescuers)
        {
            w.Dispose();
        }

        _rescuers.Clear();
    }

    /// <summary>False when the worker is lost; the users' errors that it reports pass through.</summary>
    private bool Try(WorkerLink link, Action call)
    {
        try
        {
            call();
            return true;
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            Session.Progress.Notice(_workers.Lose(link, e, "shards are"));
            return false;
        }
    }
}
