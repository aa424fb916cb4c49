using System.Collections.Concurrent;
using System.Diagnostics;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>
/// Shards in worker processes on this machine, over the protocol of the cluster. A worker that dies is not replaced: the driver redoes its shards
/// of the step under way, and the others share them from the next step on. The bits stay.
/// </summary>
public sealed class ProcessEngine(ProcessEngineOptions options) : IEngine
{
    private readonly List<Process> _processes = [];
    private readonly List<WorkerLink> _links = [];
    private readonly List<ShardWorker> _rescuers = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ConcurrentQueue<string> _refusals = [];
    private WorkerListener? _listener;
    private EngineSession? _session;
    private ShardWorker? _local;
    private int _generation;
    private bool _accepting;

    public string Description => $"{options.Workers} worker processes{(options.Prefetch ? "" : ", no prefetch")}";

    public ComputePool Pool { get; } = new(Environment.ProcessorCount);

    /// <summary>Process ids of the workers that are alive.</summary>
    public IReadOnlyList<int> Workers => [.. _links.Select(l => l.Process)];

    /// <summary>The driver's port; 0 before the first run.</summary>
    internal int Port => _listener?.Port ?? 0;

    /// <summary>Connections that were refused.</summary>
    public int Refused => _listener?.Refused ?? 0;

    public void Open(EngineSession session)
    {
        Close();
        _session = session;
        if (_listener is null)
        {
            Start(session.Progress);
        }

        byte[] plan = StepPlanFormat.Write(session.Plan);
        foreach (WorkerLink link in _links.ToArray())
        {
            Try(link, () => link.Open(session, plan, options.Prefetch, options.ReplyTimeout));
        }
    }

    public IReadOnlyList<float> Begin(int phase, StepPosition position) => StepSums.FoldNext(Session.Plan.Shards, Gather(
        range => WorkOrder.Of(Session, new StepOrder(0, phase, position, null, []), range, _generation),
        (link, order) => link.SendBegin(order),
        (link, order) => link.ReceiveSums(order, null, null),
        (worker, order) => worker.Begin(order.Range, phase, position)));

    public StepSums Step(StepOrder order, Tensor parameters, Tensor buffers) => StepSums.Fold(Pool, Session.Plan.Shards, Gather(
        range => WorkOrder.Of(Session, order, range, _generation),
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
        foreach (WorkerLink link in _links.ToArray())
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
        _listener?.Dispose();
        foreach (WorkerLink link in _links)
        {
            link.Stop();
            link.Dispose();
        }

        _links.Clear();
        foreach (Process p in _processes)
        {
            p.StandardInput.Close();
            if (!p.WaitForExit(TimeSpan.FromSeconds(10)))
            {
                p.Kill();
            }

            p.Dispose();
        }

        _processes.Clear();
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
        if (_links.Count == 0)
        {
            _local ??= NewWorker(options.Prefetch);
            return [.. compute(_local, part(new ShardRange(0, shards)))];
        }

        ShardRange[] ranges = ShardTree.Deal(shards, _links.Count);
        TOrder[] parts = Array.ConvertAll(ranges, r => part(r));
        WorkerLink[] links = [.. _links.Take(ranges.Length)];
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

    /// <summary>What the door's threads saw is told on the trainer's.</summary>
    private void TellRefusals()
    {
        while (_session is not null && _refusals.TryDequeue(out string? refusal))
        {
            _session.Progress.Notice(refusal);
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
            _links.Remove(link);
            link.Dispose();
            _generation++;
            Process? process = _processes.Find(p => p.Id == link.Process);
            string end = process is not null && process.WaitForExit(TimeSpan.FromSeconds(1)) ? $"ended with code {process.ExitCode}" : $"does not answer ({e.Message})";
            if (process is { HasExited: false })
            {
                process.Kill();
            }

            Session.Progress.Notice($"[worker] process {link.Process} {end}; its shards are redone, {_links.Count} workers go on{(_links.Count == 0 ? ", the driver computes alone" : "")}");
            return false;
        }
    }

    private void Start(ITrainingProgress progress)
    {
        int wanted = Math.Min(options.Workers, Session.Plan.Shards);
        if (wanted < options.Workers)
        {
            progress.Notice($"[engine] {wanted} workers are started: a step has {Session.Plan.Shards} shards, more workers would have nothing to do; raise shards or the batch size to use {options.Workers}");
        }

        int cores = options.ThreadsPerWorker > 0 ? options.ThreadsPerWorker : Math.Max(1, Environment.ProcessorCount / wanted);
        _accepting = true;
        var hello = WorkerHello.Create(1, cores, 0);
        _listener = new WorkerListener(hello.Secret, options.HelloTimeout, Arrive, _refusals.Enqueue);
        for (int i = 0; i < wanted; i++)
        {
            _processes.Add(WorkerSpawner.Start(options.Command, hello with { Port = _listener.Port }));
        }

        var clock = Stopwatch.StartNew();
        for (int i = 0; i < wanted; i++)
        {
            if (!AwaitOne(clock))
            {
                break;
            }
        }

        lock (_gate)
        {
            _accepting = false;
            _links.Sort((a, b) => a.Process.CompareTo(b.Process));
        }

        if (_links.Count == 0)
        {
            throw new TrainingException(TrainingFault.Resources, $"[engine] none of {wanted} workers came within {options.StartTimeout.TotalSeconds} s; look at their messages above, or train in one process");
        }

        if (_links.Count < wanted)
        {
            progress.Notice($"[engine] {_links.Count} of {wanted} workers came within {options.StartTimeout.TotalSeconds} s; the run goes on with these");
        }
    }

    /// <summary>Waits for the next arrival, but not longer than the start may take, nor once all processes are gone.</summary>
    private bool AwaitOne(Stopwatch clock)
    {
        while (clock.Elapsed < options.StartTimeout)
        {
            if (_arrived.Wait(TimeSpan.FromMilliseconds(200)))
            {
                return true;
            }

            lock (_gate)
            {
                if (_processes.Count(p => !p.HasExited) <= _links.Count)
                {
                    return false;
                }
            }
        }

        return false;
    }

    private void Arrive(WorkerLink link)
    {
        lock (_gate)
        {
            if (!_accepting || _links.Exists(l => l.Process == link.Process))
            {
                link.Dispose();
                return;
            }

            _links.Add(link);
        }

        _arrived.Release();
    }
}
