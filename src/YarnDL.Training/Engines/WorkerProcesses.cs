using System.Collections.Concurrent;
using System.Diagnostics;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>Worker processes of this machine with their connections: started once, lost one by one. Losses may be told from any thread.</summary>
internal sealed class WorkerProcesses(ProcessEngineOptions options) : IDisposable
{
    private readonly List<Process> _processes = [];
    private readonly List<WorkerLink> _links = [];
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _arrived = new(0);
    private readonly ConcurrentQueue<string> _refusals = [];
    private WorkerListener? _listener;
    private bool _accepting;

    /// <summary>Those that are alive, by process id.</summary>
    public WorkerLink[] Links
    {
        get
        {
            lock (_gate)
            {
                return [.. _links];
            }
        }
    }

    /// <summary>How many were lost.</summary>
    public int Lost { get; private set; }

    /// <summary>The driver's port; 0 before the start.</summary>
    public int Port => _listener?.Port ?? 0;

    /// <summary>Connections that were refused.</summary>
    public int Refused => _listener?.Refused ?? 0;

    /// <summary>Starts the workers, unless they are started.</summary>
    /// <param name="most">More would have nothing to do.</param>
    /// <param name="progress">Told what is unusual.</param>
    /// <exception cref="TrainingException">None came in time.</exception>
    public void Start(int most, ITrainingProgress progress)
    {
        if (_listener is not null)
        {
            return;
        }

        int wanted = Math.Min(options.Workers, most);
        if (wanted < options.Workers)
        {
            progress.Notice($"[engine] {wanted} workers are started: a step has {most} shards, more workers would have nothing to do; raise shards or the batch size to use {options.Workers}");
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

    /// <summary>Ends a worker that does not answer any more.</summary>
    /// <param name="what">What of its is redone, such as "shards are".</param>
    /// <returns>What users are told.</returns>
    public string Lose(WorkerLink link, Exception e, string what)
    {
        int left;
        lock (_gate)
        {
            _links.Remove(link);
            Lost++;
            left = _links.Count;
        }

        link.Dispose();
        Process? process = _processes.Find(p => p.Id == link.Process);
        string end = process is not null && process.WaitForExit(TimeSpan.FromSeconds(1)) ? $"ended with code {process.ExitCode}" : $"does not answer ({e.Message})";
        if (process is { HasExited: false })
        {
            process.Kill();
        }

        return $"[worker] process {link.Process} {end}; its {what} redone, {left} workers go on{(left == 0 ? ", the driver computes alone" : "")}";
    }

    /// <summary>What the door's threads saw is told on the caller's.</summary>
    public void TellRefusals(ITrainingProgress progress)
    {
        while (_refusals.TryDequeue(out string? refusal))
        {
            progress.Notice(refusal);
        }
    }

    public void Dispose()
    {
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
        _arrived.Dispose();
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

            link.ReplyTimeout(options.ReplyTimeout);
            _links.Add(link);
        }

        _arrived.Release();
    }
}
