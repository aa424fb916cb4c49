using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace YarnDL.Tensors;

/// <summary>
/// The one pool for all compute of a process. Its size is told to it. The calling thread is thread 0 and works too;
/// the others spin about 20 us for the next job, then park. Calls from several threads wait for each other.
/// </summary>
public sealed unsafe class ComputePool : IDisposable
{
    // _state: number of threads inside the job (bits 0-15), the job accepts threads (bit 16), number of the job (from bit 32).
    private const long Inside = 0xFFFF;
    private const long Open = 1L << 16;
    private static readonly long SpinTicks = Stopwatch.Frequency / 50_000;

    [ThreadStatic]
    private static bool s_insideJob;

    private readonly Lock _gate = new();
    private readonly object _wake = new();
    private readonly object _done = new();
    private readonly Thread[] _threads;
    private readonly nint[] _scratch;
    private readonly long[] _scratchBytes;
    private long _state;
    private long _next;
    private long _items;
    private int _parked;
    private int _callerParked;
    private volatile bool _stop;
    private void* _job;
    private delegate*<void*, long, int, void> _execute;
    private Exception? _failure;

    /// <param name="threads">Threads that compute, the caller among them; at least 1, at most 1024.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is not in 1..1024.</exception>
    public ComputePool(int threads)
    {
        if (threads is < 1 or > 1024)
        {
            throw new ArgumentOutOfRangeException(nameof(threads), threads, "[pool] the number of threads must be in 1..1024");
        }

        Threads = threads;
        _scratch = new nint[threads];
        _scratchBytes = new long[threads];
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            int thread = i + 1;
            _threads[i] = new Thread(() => Serve(thread)) { IsBackground = true, Name = $"yarndl compute {thread}" };
            _threads[i].Start();
        }
    }

    public int Threads { get; }

    /// <summary>Scratch memory that kernels rent for one call.</summary>
    public Arena Scratch { get; } = new();

    /// <summary>Runs items 0 .. items-1 on all threads and returns when every one is done. The first exception of a job reaches the caller; items not yet begun are then dropped.</summary>
    /// <exception cref="InvalidOperationException">Called from inside a job.</exception>
    public void Run<TJob>(ref TJob job, long items) where TJob : struct, IParallelJob
    {
        if (s_insideJob)
        {
            throw new InvalidOperationException("[pool] a job called the pool it runs on; a job must do its work itself: split the work before the call");
        }

        if (items <= 0)
        {
            return;
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stop, this);
            if (Threads == 1 || items == 1)
            {
                RunHere(ref job, items);
                return;
            }

            TJob local = job; // on the stack, so that its address holds
            RunEverywhere(Unsafe.AsPointer(ref local), &Execute<TJob>, items);
            job = local;
        }
    }

    /// <summary>Memory of one thread for the duration of a job: 64-byte aligned, content undefined, kept for later jobs. Asking again gives the same or a larger place.</summary>
    public void* ThreadScratch(int thread, long bytes)
    {
        if (_scratchBytes[thread] < bytes)
        {
            if (_scratch[thread] != 0)
            {
                Scratch.Return((void*)_scratch[thread]);
                _scratch[thread] = 0;
                _scratchBytes[thread] = 0;
            }

            _scratch[thread] = (nint)Scratch.Rent(bytes);
            _scratchBytes[thread] = bytes;
        }

        return (void*)_scratch[thread];
    }

    /// <summary>Ends the threads and frees the scratch memory.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stop)
            {
                return;
            }

            _stop = true;
        }

        lock (_wake)
        {
            Monitor.PulseAll(_wake);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }

        Scratch.Dispose();
    }

    private static void Execute<TJob>(void* job, long item, int thread) where TJob : struct, IParallelJob =>
        Unsafe.AsRef<TJob>(job).Execute(item, thread);

    private static void RunHere<TJob>(ref TJob job, long items) where TJob : struct, IParallelJob
    {
        s_insideJob = true;
        try
        {
            for (long i = 0; i < items; i++)
            {
                job.Execute(i, 0);
            }
        }
        finally
        {
            s_insideJob = false;
        }
    }

    private void RunEverywhere(void* job, delegate*<void*, long, int, void> execute, long items)
    {
        _job = job;
        _execute = execute;
        _items = items;
        _failure = null;
        Volatile.Write(ref _next, 0);
        Interlocked.Exchange(ref _state, (((_state >> 32) + 1) << 32) | Open);
        if (Volatile.Read(ref _parked) > 0)
        {
            lock (_wake)
            {
                Monitor.PulseAll(_wake);
            }
        }

        Work(0);
        Interlocked.And(ref _state, ~Open); // threads that have not come yet need not come any more
        AwaitOthers();
        _job = null;
        if (_failure is { } failure)
        {
            _failure = null;
            ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void AwaitOthers()
    {
        long until = Stopwatch.GetTimestamp() + SpinTicks;
        while ((Volatile.Read(ref _state) & Inside) != 0)
        {
            if (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(8);
                continue;
            }

            lock (_done)
            {
                Interlocked.Exchange(ref _callerParked, 1);
                while ((Volatile.Read(ref _state) & Inside) != 0)
                {
                    Monitor.Wait(_done);
                }

                _callerParked = 0;
            }
        }
    }

    private void Work(int thread)
    {
        s_insideJob = true;
        try
        {
            for (long item; (item = Interlocked.Increment(ref _next) - 1) < _items;)
            {
                _execute(_job, item, thread);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Interlocked.Exchange(ref _next, _items);
        }
        finally
        {
            s_insideJob = false;
        }
    }

    private void Serve(int thread)
    {
        long seen = 0;
        long until = Stopwatch.GetTimestamp() + SpinTicks;
        while (!_stop)
        {
            long state = Volatile.Read(ref _state);
            if (IsNew(state, seen))
            {
                if (Interlocked.CompareExchange(ref _state, state + 1, state) == state)
                {
                    seen = state >> 32;
                    Work(thread);
                    Leave();
                    until = Stopwatch.GetTimestamp() + SpinTicks;
                }
            }
            else if (Stopwatch.GetTimestamp() < until)
            {
                Thread.SpinWait(8);
            }
            else
            {
                Park(seen);
                until = Stopwatch.GetTimestamp() + SpinTicks;
            }
        }
    }

    private static bool IsNew(long state, long seen) => (state & Open) != 0 && state >> 32 != seen;

    private void Leave()
    {
        long left = Interlocked.Decrement(ref _state);
        if ((left & Inside) == 0 && Volatile.Read(ref _callerParked) != 0)
        {
            lock (_done)
            {
                Monitor.PulseAll(_done);
            }
        }
    }

    private void Park(long seen)
    {
        lock (_wake)
        {
            Interlocked.Increment(ref _parked);
            while (!_stop && !IsNew(Volatile.Read(ref _state), seen))
            {
                Monitor.Wait(_wake);
            }

            Interlocked.Decrement(ref _parked);
        }
    }
}
