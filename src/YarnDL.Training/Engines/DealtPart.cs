using YarnDL.Training.Workers;

namespace YarnDL.Training.Engines;

/// <summary>A part that was dealt.</summary>
/// <param name="isOwn">True when only one worker can do it.</param>
internal abstract class DealtPart(bool isOwn)
{
    public bool IsOwn => isOwn;

    /// <summary>Does it with a worker; users' errors become its result.</summary>
    /// <exception cref="IOException">The worker is lost.</exception>
    public abstract void Do(WorkerLink link);

    /// <summary>No worker will do it.</summary>
    public abstract void Lose();
}

/// <summary>A part with a result.</summary>
internal sealed class DealtPart<T>(PartDealer dealer, bool isOwn, Func<WorkerLink, T> there, Func<T> here) : DealtPart(isOwn)
{
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The result, of a worker or done now; the users' errors that a worker reports are thrown.</summary>
    public T Wait()
    {
        try
        {
            T result = _result.Task.GetAwaiter().GetResult();
            dealer.TellNotices();
            return result;
        }
        catch (OperationCanceledException) when (_result.Task.IsCanceled)
        {
            dealer.TellNotices();
            return here();
        }
    }

    public override void Do(WorkerLink link)
    {
        try
        {
            _result.SetResult(there(link));
        }
        catch (Exception e) when (e is not (IOException or ObjectDisposedException))
        {
            _result.SetException(e);
        }
    }

    public override void Lose() => _result.TrySetCanceled();
}
