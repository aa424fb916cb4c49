using YarnDL.Tensors;

namespace YarnDL.Graphs.Programs;

/// <summary>
/// A compiled graph: passes applied, buffers planned in one arena, shapes specialised per number of rows (cached). The same program trains,
/// evaluates, scores and serves. Not thread-safe: one program, one caller; its kernels use the pool.
/// </summary>
public sealed unsafe class Program : IDisposable
{
    /// <param name="graph">What to compute; its outputs are what a run returns.</param>
    /// <param name="pool">Threads for the kernels.</param>
    /// <param name="options">Passes and limits.</param>
    public Program(Graph graph, ComputePool pool, ProgramOptions? options = null) => throw new NotImplementedException();

    public Graph Graph => throw new NotImplementedException();

    /// <summary>Memory for an input of the next run with that many rows; fill it, then call <see cref="Run"/>.</summary>
    public TensorView Input(string name, long rows) => throw new NotImplementedException();

    /// <summary>
    /// Runs the graph. Outputs stay valid until the next run.
    /// </summary>
    /// <param name="parameters">The flat parameter vector (may be null when the graph has none).</param>
    /// <param name="buffers">The flat buffer vector; programs read it, updated values are outputs.</param>
    /// <param name="rows">Segments of the row axis; one segment for scoring.</param>
    /// <param name="random">Keys for random operators.</param>
    public void Run(float* parameters, float* buffers, RowSegments rows, in RandomKeys random = default) => throw new NotImplementedException();

    /// <summary>Output i of the last run, with its concrete shape.</summary>
    public TensorView Output(int i) => throw new NotImplementedException();

    /// <summary>Output of that name of the last run.</summary>
    public TensorView Output(string name) => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
