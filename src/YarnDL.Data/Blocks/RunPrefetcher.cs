using System.Collections.Concurrent;

namespace YarnDL.Data.Blocks;

/// <summary>One thread that loads the next runs of all shards in the order they were asked for.</summary>
internal sealed class RunPrefetcher : IDisposable
{
    private readonly BlockingCollection<RunRequest> _requests = [];
    private readonly Thread _thread;

    public RunPrefetcher()
    {
        _thread = new Thread(Work) { IsBackground = true, Name = "yarndl prefetch" };
        _thread.Start();
    }

    public RunRequest Request(ShardReader reader, EpochOrder order, int run, BlockRun held)
    {
        var request = new RunRequest(reader, order, run, held);
        _requests.Add(request);
        return request;
    }

    /// <summary>Waits for the run in work and ends the thread.</summary>
    public void Dispose()
    {
        _requests.CompleteAdding();
        _thread.Join();
        _requests.Dispose();
    }

    private void Work()
    {
        foreach (var request in _requests.GetConsumingEnumerable())
        {
            request.Execute();
        }
    }
}
