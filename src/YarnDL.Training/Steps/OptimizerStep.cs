using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// The update: gradient clipping, then the optimizer on slices of 64 Ki elements counted from each tensor's first, on all threads. Optimizers that need norms
/// measure all slices first; those that need whole tensors get them one by one. Element for element the same whatever the threads.
/// </summary>
public sealed class OptimizerStep
{
    private const int Block = NormOptimizer.Block;

    private readonly Optimizer _optimizer;
    private readonly Slice[] _slices;
    private readonly double[] _squares;
    private readonly double[] _norms;
    private readonly double _clipNorm;

    /// <param name="optimizer">Any that needs one gradient a step.</param>
    /// <param name="ranges">The tensors that are trained, as (offset, count, shape) in the flat vectors; without a shape a tensor counts as a vector.</param>
    /// <param name="count">Elements of the flat parameter vector.</param>
    /// <param name="clipNorm">The largest global gradient norm that stays; 0 = no clipping.</param>
    /// <exception cref="TrainingException">An optimizer that evaluates the loss itself.</exception>
    public OptimizerStep(Optimizer optimizer, IReadOnlyList<(long Offset, long Count, Shape? Shape)> ranges, long count, double clipNorm)
    {
        if (optimizer.Kind == OptimizerKind.NeedsReevaluation)
        {
            throw new TrainingException(TrainingFault.Job, $"[optimizer] {optimizer.Spec.Type} evaluates the loss at other points; a training step gives it one gradient; choose another, such as adam");
        }

        _optimizer = optimizer;
        _clipNorm = clipNorm;
        State = [.. optimizer.StateNames.Select(_ => new float[count])];
        for (int i = 0; i < State.Length; i++)
        {
            Array.Fill(State[i], optimizer.InitialState(i));
        }

        var slices = new List<Slice>();
        int norms = (optimizer as NormOptimizer)?.Norms ?? 0;
        for (int tensor = 0; tensor < ranges.Count; tensor++)
        {
            (long offset, long length, Shape? shape) = ranges[tensor];
            long block = optimizer.Kind == OptimizerKind.NeedsTensors ? Math.Max(1, length) : Block;
            for (long at = 0; at < length; at += block)
            {
                int from = checked((int)(offset + at)), size = checked((int)Math.Min(block, length - at));
                slices.Add(new Slice(tensor, from, size, shape ?? new Shape(length), Array.ConvertAll(State, s => s.AsMemory(from, size))));
            }
        }

        _slices = [.. slices];
        _squares = new double[_slices.Length * norms];
        _norms = new double[ranges.Count * norms];
    }

    /// <summary>The state vectors, in the order of the optimizer's names.</summary>
    public float[][] State { get; }

    /// <summary>Updates the weights and the state in place.</summary>
    /// <returns>The global norm of the gradient before clipping, or NaN when there is no clipping.</returns>
    public double Apply(ComputePool pool, Tensor weights, Tensor gradient, UpdateStep update)
    {
        double norm = double.NaN;
        if (_clipNorm > 0)
        {
            norm = GradientClip.Norm(gradient.Span<float>());
        }

        var job = new Job { Step = this, Weights = weights, Gradient = gradient, Update = update, Norm = norm, Measuring = _optimizer is NormOptimizer };
        pool.Run(ref job, _slices.Length);
        if (_optimizer is NormOptimizer norms)
        {
            Total(norms);
            job.Measuring = false;
            pool.Run(ref job, _slices.Length);
        }

        return norm;
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

    private readonly record struct Slice(int Tensor, int Offset, int Count, Shape Shape, Memory<float>[] State);

    private struct Job : IParallelJob
    {
        public OptimizerStep Step;
        public Tensor Weights;
        public Tensor Gradient;
        public UpdateStep Update;
        public double Norm;
        public bool Measuring;

        public readonly unsafe void Execute(long item, int thread)
        {
            Slice s = Step._slices[item];
            var weights = new Span<float>(Weights.View.F32 + s.Offset, s.Count);
            var gradient = new Span<float>(Gradient.View.F32 + s.Offset, s.Count);
            if (Step._optimizer is not NormOptimizer optimizer)
            {
                Clip(gradient);
                Step._optimizer.UpdateTensor(s.Shape, weights, gradient, s.State, Update);
                return;
            }

            int n = optimizer.Norms;
            if (Measuring)
            {
                Clip(gradient);
                optimizer.Measure(weights, gradient, s.State, Update, Step._squares.AsSpan((int)item * n, n));
            }
            else
            {
                optimizer.Finish(weights, gradient, s.State, Update, Step._norms.AsSpan(s.Tensor * n, n));
            }
        }

        private readonly void Clip(Span<float> gradient)
        {
            if (Step._clipNorm > 0)
            {
                GradientClip.ToNorm(gradient, Norm, Step._clipNorm);
            }
        }
    }
}
