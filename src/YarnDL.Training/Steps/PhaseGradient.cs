using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>The gradient of a phase as the optimizers take it: dense tensors one after the other, and for each table the rows that have one.</summary>
public sealed unsafe class PhaseGradient : IDisposable
{
    private readonly Phase _phase;
    private readonly Program? _finish;
    private readonly Tensor _buffers;
    private readonly int[] _tableOf;
    private readonly int[] _oneRow = [0, 1];

    /// <param name="phase">Whose gradient.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="buffers">The flat buffer vector.</param>
    public PhaseGradient(Phase phase, ComputePool pool, Tensor buffers)
    {
        _phase = phase;
        _buffers = buffers;
        _finish = phase.Layout.Finish is { } graph ? new Program(graph, pool) : null;
        Dense = new Tensor(DType.Float32, new Shape(phase.Layout.Count));
        string[] names = [.. phase.Tables.Select(t => t.Parameter).Distinct()];
        _tableOf = [.. phase.Tables.Select(t => Array.IndexOf(names, t.Parameter))];
        Tables = [.. names.Select(n => phase.Tables.First(t => t.Parameter == n)).Select(t => new RowSums(t.Entries, t.Width))];
        TableOutputs = [.. names.Select(n => phase.Tables.First(t => t.Parameter == n))];
    }

    /// <summary>Gradients of <see cref="GradientLayout.Tensors"/>.</summary>
    public Tensor Dense { get; }

    /// <summary>Gradients of the tables, each once however often it is used.</summary>
    public RowSums[] Tables { get; }

    /// <summary>Where the tables lie.</summary>
    public RowOutput[] TableOutputs { get; }

    /// <summary>Takes the sums of a step.</summary>
    /// <param name="sums">Of all shards.</param>
    /// <param name="parameters">The weights they were computed with.</param>
    public void Take(StepSums sums, Tensor parameters)
    {
        float* from = sums.Gradient.View.F32, to = Dense.View.F32;
        foreach ((long at, long into, long count) in _phase.Layout.Copies)
        {
            Buffer.MemoryCopy(from + at, to + into, count * sizeof(float), count * sizeof(float));
        }

        if (_finish is not null)
        {
            foreach (VectorOutput i in _phase.Layout.Inputs)
            {
                Buffer.MemoryCopy(from + i.Offset, _finish.Input(i.Output, 1).Data, i.Count * sizeof(float), i.Count * sizeof(float));
            }

            fixed (int* row = _oneRow)
            {
                _finish.Run(parameters.View.F32, _buffers.View.F32, new RowSegments(row, 1));
            }

            foreach (VectorOutput o in _phase.Layout.Outputs)
            {
                Buffer.MemoryCopy(_finish.Output(o.Output).Data, to + o.Offset, o.Count * sizeof(float), o.Count * sizeof(float));
            }
        }

        foreach (RowSums t in Tables)
        {
            t.Resize(0);
        }

        for (int i = 0; i < _tableOf.Length; i++)
        {
            Tables[_tableOf[i]].Add(sums.Tables[i]);
        }
    }

    public void Dispose()
    {
        _finish?.Dispose();
        Dense.Dispose();
        Array.ForEach(Tables, t => t.Dispose());
    }
}
