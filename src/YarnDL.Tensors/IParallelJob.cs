namespace YarnDL.Tensors;

/// <summary>Independent pieces of work: the result must not depend on which thread runs a piece, nor in what order.</summary>
public interface IParallelJob
{
    /// <param name="item">0 .. items-1.</param>
    /// <param name="thread">0 .. pool.Threads-1, for scratch memory only.</param>
    void Execute(long item, int thread);
}
