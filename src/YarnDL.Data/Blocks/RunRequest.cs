using System.Runtime.ExceptionServices;

namespace YarnDL.Data.Blocks;

/// <summary>A run that the prefetch thread loads for a shard.</summary>
internal sealed class RunRequest(ShardReader reader, EpochOrder order, int run, BlockRun held)
{
    private readonly ManualResetEventSlim _done = new();
    private BlockRun? _loaded;
    private ExceptionDispatchInfo? _failure;

    /// <summary>Loads the run; what goes wrong is told to the one who waits.</summary>
    public void Execute()
    {
        try
        {
            _loaded = reader.Load(order, run, held);
        }
        catch (Exception e)
        {
            _failure = ExceptionDispatchInfo.Capture(e);
        }

        _done.Set();
    }

    /// <summary>The loaded run.</summary>
    public BlockRun Wait()
    {
        _done.Wait();
        _failure?.Throw();
        return _loaded!;
    }
}
