using System.Runtime.ExceptionServices;
using YarnDL.Data.Rows;
using YarnDL.Tensors;

namespace YarnDL.Data.Encoding;

/// <summary>Cuts batches into slices and works on a group of them in parallel. What a slice makes is handed on in the order of the source.</summary>
internal sealed class BatchSlices<TResult>(ComputePool? pool, CancellationToken cancel)
{
    private const int RowsPerSlice = 256;

    private readonly int _threads = pool?.Threads ?? 1;

    /// <summary>Goes through all batches.</summary>
    /// <param name="batches">Read on the calling thread.</param>
    /// <param name="work">(thread, batch, from, to): must not depend on the thread.</param>
    /// <param name="take">Gets the results one by one, on the calling thread.</param>
    public void Run(IEnumerable<ColumnBatch> batches, Func<int, ColumnBatch, int, int, TResult> work, Action<TResult> take)
    {
        var slices = new List<Slice>();
        foreach (var batch in batches)
        {
            for (int from = 0; from < batch.Rows; from += RowsPerSlice)
            {
                slices.Add(new Slice(batch, from, Math.Min(batch.Rows, from + RowsPerSlice)));
                if (slices.Count == 4 * _threads)
                {
                    Work(slices, work, take);
                }
            }
        }

        Work(slices, work, take);
    }

    private void Work(List<Slice> slices, Func<int, ColumnBatch, int, int, TResult> work, Action<TResult> take)
    {
        cancel.ThrowIfCancellationRequested();
        var job = new Job(slices, work);
        if (pool is null)
        {
            for (int i = 0; i < slices.Count; i++)
            {
                job.Execute(i, 0);
            }
        }
        else
        {
            pool.Run(ref job, slices.Count);
        }

        foreach (var slice in slices)
        {
            slice.Failure?.Throw();
            take(slice.Result!);
        }

        slices.Clear();
    }

    private sealed class Slice(ColumnBatch batch, int from, int to)
    {
        public ColumnBatch Batch => batch;

        public int From => from;

        public int To => to;

        public TResult? Result { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }
    }

    private readonly struct Job(List<Slice> slices, Func<int, ColumnBatch, int, int, TResult> work) : IParallelJob
    {
        public void Execute(long item, int thread)
        {
            var slice = slices[(int)item];
            try
            {
                slice.Result = work(thread, slice.Batch, slice.From, slice.To);
            }
            catch (Exception e)
            {
                slice.Failure = ExceptionDispatchInfo.Capture(e);
            }
        }
    }
}
