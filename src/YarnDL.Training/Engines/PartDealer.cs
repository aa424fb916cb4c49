using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>
/// Deals parts of a work to workers: each has a thread here that sends a part and waits for its answer. What a lost worker had under way goes to another one; when
/// none is left, it is done by whoever waits for it. One caller at a time.
/// </summary>
internal sealed class PartDealer : IDisposable
{
    private readonly WorkerProcesses _workers;
    private readonly ITrainingProgress _progress;
    private readonly string _what;
    private readonly Queue<DealtPart> _shared = [];
    private readonly Dictionary<WorkerLink, Queue<DealtPart>> _own = [];
    private readonly List<Thread> _threads = [];
    private readonly Queue<string> _notices = [];
    private readonly object _gate = new();
    private bool _closed;

    /// <param name="what">What is redone of a lost worker, such as "rows are".</param>
    public PartDealer(WorkerProcesses workers, ITrainingProgress progress, string what)
    {
        (_workers, _progress, _what) = (workers, progress, what);
        foreach (WorkerLink link in workers.Links)
        {
            var own = new Queue<DealtPart>();
            _own.Add(link, own);
            _threads.Add(new Thread(() => Serve(link, own)) { IsBackground = true, Name = $"parts for worker {link.Process}" });
        }

        _threads.ForEach(t => t.Start());
    }

    /// <summary>Workers that are alive.</summary>
    public IReadOnlyList<WorkerLink> Links
    {
        get
        {
            lock (_gate)
            {
                return [.. _own.Keys];
            }
        }
    }

    /// <summary>Parts that may be under way so that no worker waits.</summary>
    public int Window => 1 + (2 * Links.Count);

    /// <summary>A part that any worker may do.</summary>
    /// <param name="there">On the worker's thread; may be called again with another worker.</param>
    /// <param name="here">On the thread that waits, when no worker is left.</param>
    public DealtPart<T> Submit<T>(Func<WorkerLink, T> there, Func<T> here)
    {
        var part = new DealtPart<T>(this, isOwn: false, there, here);
        lock (_gate)
        {
            if (_own.Count == 0)
            {
                part.Lose();
            }
            else
            {
                _shared.Enqueue(part);
                Monitor.PulseAll(_gate);
            }
        }

        return part;
    }

    /// <summary>A part that only this worker can do, after all that it was given before; null is its result when the worker is lost.</summary>
    public DealtPart<T?> SubmitTo<T>(WorkerLink link, Func<WorkerLink, T> there) where T : class
    {
        var part = new DealtPart<T?>(this, isOwn: true, there, static () => null);
        lock (_gate)
        {
            if (_own.TryGetValue(link, out Queue<DealtPart>? own))
            {
                own.Enqueue(part);
                Monitor.PulseAll(_gate);
            }
            else
            {
                part.Lose();
            }
        }

        return part;
    }

    /// <summary>Submits a part for each input and takes their results in the order of the inputs.</summary>
    public void InOrder<TIn, TOut>(IEnumerable<TIn> inputs, Func<TIn, DealtPart<TOut>> submit, Action<TOut> take)
    {
        var open = new Queue<DealtPart<TOut>>();
        foreach (TIn input in inputs)
        {
            open.Enqueue(submit(input));
            if (open.Count >= Window)
            {
                take(open.Dequeue().Wait());
            }
        }

        while (open.TryDequeue(out DealtPart<TOut>? part))
        {
            take(part.Wait());
        }
    }

    /// <summary>Waits for what workers have under way; parts that none has begun are dropped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _threads.ForEach(t => t.Join());
        TellNotices();
    }

    /// <summary>What the workers' threads saw is told on the caller's.</summary>
    internal void TellNotices()
    {
        lock (_gate)
        {
            while (_notices.TryDequeue(out string? notice))
            {
                _progress.Notice(notice);
            }
        }

        _workers.TellRefusals(_progress);
    }

    private void Serve(WorkerLink link, Queue<DealtPart> own)
    {
        while (Next(own) is { } part)
        {
            try
            {
                part.Do(link);
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                string notice = _workers.Lose(link, e, _what);
                lock (_gate)
                {
                    _notices.Enqueue(notice);
                    Forget(link, own, part);
                }

                return;
            }
        }
    }

    private DealtPart? Next(Queue<DealtPart> own)
    {
        lock (_gate)
        {
            DealtPart? part = null;
            while (!_closed && !own.TryDequeue(out part) && !_shared.TryDequeue(out part))
            {
                Monitor.Wait(_gate);
            }

            return part;
        }
    }

    private void Forget(WorkerLink link, Queue<DealtPart> own, DealtPart underWay)
    {
        _own.Remove(link);
        while (own.TryDequeue(out DealtPart? part))
        {
            part.Lose();
        }

        if (underWay.IsOwn)
        {
            underWay.Lose();
        }
        else
        {
            _shared.Enqueue(underWay);
        }

        while (_own.Count == 0 && _shared.TryDequeue(out DealtPart? part))
        {
            part.Lose();
        }

        Monitor.PulseAll(_gate);
    }
}
