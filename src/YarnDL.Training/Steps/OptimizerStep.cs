using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// The update of some parameters by one optimizer: slices of 64 Ki elements counted from each tensor's first, on all threads. Optimizers that need norms
/// measure all slices first; those that need whole tensors get them one by one; of tables only the rows that have a gradient are touched. Element for
/// element the same whatever the threads.
/// </summary>
public sealed class OptimizerStep
{
    private const int Block = NormOptimizer.Block;
    private const int TableRows = 256;

    private readonly Optimizer _optimizer;
    private readonly Slice[] _slices;
    private readonly (RowOutput Place, int Table)[] _tables;
    private readonly float[][] _state;
    private readonly double[] _squares;
    private readonly double[] _norms;

    /// <param name="optimizer">Any that needs one gradient a step.</param>
    /// <param name="tensors">The tensors with dense gradients.</param>
    /// <param name="tables">The tables with row gradients, and their place among those of the phase.</param>
    /// <param name="state">The optimizer's state vectors, in the order of its names, each as long as the flat parameter vector.</param>
    /// <exception cref="TrainingException">An optimizer that evaluates the loss itself.</exception>
    public OptimizerStep(Optimizer optimizer, IReadOnlyList<TrainedTensor> tensors, IReadOnlyList<(RowOutput Place, int Table)> tables, float[][] state)
    {
        if (optimizer.Kind == OptimizerKind.NeedsReevaluation)
        {
            throw new TrainingException(TrainingFault.Job, $"[optimizer] {optimizer.Spec.Type} evaluates the loss at other points, one gradient is not enough; it must be the only optimizer of its phase");
        }

        _optimizer = optimizer;
        _state = state;
        _tables = [.. tables];
        var slices = new List<Slice>();
        int norms = (optimizer as NormOptimizer)?.Norms ?? 0;
        for (int tensor = 0; tensor < tensors.Count; tensor++)
        {
            TrainedTensor t = tensors[tensor];
            Fill(t.Offset, t.Count);
            long block = optimizer.Kind == OptimizerKind.NeedsTensors ? Math.Max(1, t.Count) : Block;
            for (long at = 0; at < t.Count; at += block)
            {
                int from = checked((int)(t.Offset + at)), size = checked((int)Math.Min(block, t.Count - at));
                slices.Add(new Slice(tensor, from, checked((int)(t.GradientOffset + at)), size, t.Shape, Array.ConvertAll(state, s => s.AsMemory(from, size))));
            }
        }

        foreach ((RowOutput place, _) in tables)
        {
            Fill(place.Offset, place.Entries * place.Width);
        }

        _slices = [.. slices];
        _squares = new double[_slices.Length * norms];
        _norms = new double[tensors.Count * norms];
    }

    /// <summary>Updates the weights and the state in place.</summary>
    public void Apply(ComputePool pool, Tensor weights, PhaseGradient gradient, UpdateStep update)
    {
        var job = new Job { Step = this, Weights = weights, Gradient = gradient.Dense, Update = update, Measuring = _optimizer is NormOptimizer };
        pool.Run(ref job, _slices.Length);
        if (_optimizer is NormOptimizer norms)
        {
            Total(norms);
            job.Measuring = false;
            pool.Run(ref job, _slices.Length);
        }

        foreach ((RowOutput place, int table) in _tables)
        {
            var rows = new RowJob { Step = this, Weights = weights, Place = place, Rows = gradient.Tables[table], Update = update };
            pool.Run(ref rows, (rows.Rows.Count + TableRows - 1) / TableRows);
        }
    }

    private void Fill(long offset, long count)
    {
        for (int i = 0; i < _state.Length; i++)
        {
            _state[i].AsSpan(checked((int)offset), checked((int)count)).Fill(_optimizer.InitialState(i));
        }
    }

    private void Total(NormOptimizer optimizer)
    {
        int n = optimizer.Norms;
        for (int first = 0, end; first < _slices.Length; first = end)
        {
            int tensor = _slices[first].Tensor;
            for (end = first; end < _slices.Length && _slices[end].Tensor == tensor; end++)
            {
            }

            optimizer.Total(_squares.AsSpan(first * n, (end - first) * n), _norms.AsSpan(tensor * n, n));
        }
    }

    private readonly record struct Slice(int Tensor, int Offset, int GradientOffset, int Count, Shape Shape, Memory<float>[] State);

    private struct Job : IParallelJob
    {
        public OptimizerStep Step;
        public Tensor Weights;
        public Tensor Gradient;
        public UpdateStep Update;
        public bool Measuring;

        public readonly unsafe void Execute(long item, int thread)
        {
            Slice s = Step._slices[item];
            var weights = new Span<float>(Weights.View.F32 + s.Offset, s.Count);
            var gradient = new Span<float>(Gradient.View.F32 + s.GradientOffset, s.Count);
            if (Step._optimizer is not NormOptimizer optimizer)
            {
                Step._optimizer.UpdateTensor(s.Shape, weights, gradient, s.State, Update);
                return;
            }

            int n = optimizer.Norms;
            if (Measuring)
            {
                optimizer.Measure(weights, gradient, s.State, Update, Step._squares.AsSpan((int)item * n, n));
            }
            else
            {
                optimizer.Finish(weights, gradient, s.State, Update, Step._norms.AsSpan(s.Tensor * n, n));
            }
        }
    }

    private struct RowJob : IParallelJob
    {
        public OptimizerStep Step;
        public Tensor Weights;
        public RowOutput Place;
        public RowSums Rows;
        public UpdateStep Update;

        public readonly unsafe void Execute(long item, int thread)
        {
            int width = checked((int)Place.Width);
            var state = new Memory<float>[Step._state.Length];
            long end = Math.Min(Rows.Count, (item + 1) * TableRows);
            for (long r = item * TableRows; r < end; r++)
            {
                int at = checked((int)(Place.Offset + (Rows.Ids.I64[r] * width)));
                for (int s = 0; s < state.Length; s++)
                {
                    state[s] = Step._state[s].AsMemory(at, width);
                }

                Step._optimizer.Update(new Span<float>(Weights.View.F32 + at, width), new ReadOnlySpan<float>(Rows.Values.F32 + (r * width), width), state, Update);
            }
        }
    }
}
