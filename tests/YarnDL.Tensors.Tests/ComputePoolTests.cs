namespace YarnDL.Tensors.Tests;

public sealed unsafe class ComputePoolTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_item_runs_once(int threads)
    {
        using var pool = new ComputePool(threads);
        using var native = new Native();
        for (int round = 0; round < 300; round++)
        {
            int items = round % 37;
            float* counts = native.Zeros(items);
            var job = new CountJob { Counts = counts, Threads = threads };
            pool.Run(ref job, items);
            for (int i = 0; i < items; i++)
            {
                Assert.Equal(1, counts[i]);
            }

            Assert.Equal(items, job.Total);
        }
    }

    [Fact]
    public void Parked_threads_come_back()
    {
        using var pool = new ComputePool(3);
        using var seen = new CountdownEvent(3);
        for (int round = 0; round < 3; round++)
        {
            // Each of the three items waits for the others, so three threads must take part.
            seen.Reset();
            var job = new MeetJob { Seen = seen };
            pool.Run(ref job, 3);
            Assert.Equal(0, seen.CurrentCount);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void An_exception_in_a_job_reaches_the_caller_and_the_pool_goes_on(int threads)
    {
        using var pool = new ComputePool(threads);
        for (int round = 0; round < 50; round++)
        {
            var bad = new ThrowJob { At = round % 20 };
            var e = Assert.Throws<InvalidDataException>(() => pool.Run(ref bad, 20));
            Assert.Equal($"item {round % 20}", e.Message);
        }

        using var native = new Native();
        var job = new CountJob { Counts = native.Zeros(100), Threads = threads };
        pool.Run(ref job, 100);
        Assert.Equal(100, job.Total);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4)]
    [InlineData(3, 1)]
    [InlineData(3, 4)]
    public void A_job_that_calls_the_pool_is_refused(int threads, int items)
    {
        using var pool = new ComputePool(threads);
        var job = new NestedJob { Pool = pool };
        var e = Assert.Throws<InvalidOperationException>(() => pool.Run(ref job, items));
        Assert.StartsWith("[pool] a job called the pool", e.Message);
    }

    [Fact]
    public void Calls_from_several_threads_wait_for_each_other()
    {
        using var pool = new ComputePool(3);
        long total = 0;
        var callers = new Thread[4];
        for (int c = 0; c < callers.Length; c++)
        {
            callers[c] = new Thread(() =>
            {
                using var native = new Native();
                for (int round = 0; round < 100; round++)
                {
                    var job = new CountJob { Counts = native.Zeros(10), Threads = 3 };
                    pool.Run(ref job, 10);
                    Interlocked.Add(ref total, job.Total);
                }
            });
            callers[c].Start();
        }

        foreach (Thread caller in callers)
        {
            caller.Join();
        }

        Assert.Equal(4000, total);
    }

    [Fact]
    public void A_job_without_allocation_allocates_nothing()
    {
        using var pool = new ComputePool(2);
        using var native = new Native();
        var job = new CountJob { Counts = native.Zeros(64), Threads = 2 };
        pool.Run(ref job, 64);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            pool.Run(ref job, 64);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Thread_scratch_is_aligned_and_kept()
    {
        using var pool = new ComputePool(2);
        void* first = pool.ThreadScratch(0, 1000);
        Assert.Equal(0, (nint)first % 64);
        Assert.True(first == pool.ThreadScratch(0, 500));
        Assert.True(pool.ThreadScratch(0, 1_000_000) != pool.ThreadScratch(1, 1000));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1025)]
    public void A_pool_of_an_impossible_size_is_refused(int threads) => Assert.Throws<ArgumentOutOfRangeException>(() => new ComputePool(threads));

    [Fact]
    public void A_closed_pool_is_refused()
    {
        var pool = new ComputePool(2);
        pool.Dispose();
        pool.Dispose();
        var job = new ThrowJob();
        Assert.Throws<ObjectDisposedException>(() => pool.Run(ref job, 2));
    }

    private struct CountJob : IParallelJob
    {
        public float* Counts;
        public int Threads;
        public long Total;

        public void Execute(long item, int thread)
        {
            if ((uint)thread >= (uint)Threads)
            {
                throw new InvalidOperationException($"thread {thread}");
            }

            Counts[item]++;
            Interlocked.Increment(ref Total);
        }
    }

    private struct MeetJob : IParallelJob
    {
        public CountdownEvent Seen;

        public readonly void Execute(long item, int thread)
        {
            Seen.Signal();
            Seen.Wait();
        }
    }

    private struct ThrowJob : IParallelJob
    {
        public long At;

        public readonly void Execute(long item, int thread)
        {
            if (item == At)
            {
                throw new InvalidDataException($"item {item}");
            }
        }
    }

    private struct NestedJob : IParallelJob
    {
        public ComputePool Pool;

        public readonly void Execute(long item, int thread)
        {
            var inner = new ThrowJob { At = -1 };
            Pool.Run(ref inner, 2);
        }
    }
}
