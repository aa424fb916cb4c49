using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>The update: gradient clipping, then the optimizer on slices of 64 Ki elements, on all threads. Element for element the same whatever the threads.</summary>
public sealed class OptimizerStep
{
    private const int Block = 64 * 1024;

    private readonly Optimizer _optimizer;
    private readonly Slice[] _slices;
    private readonly double _clipNorm;

    /// <param name="optimizer">Must be elementwise.</param>
    /// <param name="ranges">What is trained, as (offset, count) in the flat vectors.</param>
    /// <param name="count">Elements of the flat parameter vector.</param>
    /// <param name="clipNorm">The largest global gradient norm that stays; 0 = no clipping.</param>
    /// <exception cref="TrainingException">An optimizer of another kind.</exception>
    public OptimizerStep(Optimizer optimizer, IReadOnlyList<(long Offset, long Count)> ranges, long count, double clipNorm)
    {
        if (optimizer.Kind != OptimizerKind.Elementwise)
        {
            throw new TrainingException(TrainingFault.Job, $"[optimizer] {optimizer.Spec.Type} is {optimizer.Kind}; steps update element by element; choose sgd, adam or adamw");
        }

        _optimizer = optimizer;
        _clipNorm = clipNorm;
        State = [.. optimizer.StateNames.Select(_ => new float[count])];
        var slices = new List<Slice>();
        foreach ((long offset, long length) in ranges)
        {
            for (long at = 0; at < length; at += Block)
            {
                int from = checked((int)(offset + at)), size = (int)Math.Min(Block, length - at);
                slices.Add(new Slice(from, size, Array.ConvertAll(State, s => s.AsMemory(from, size))));
            }
        }

        _slices = [.. slices];
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

        var job = new Job { Optimizer = _optimizer, Slices = _slices, Weights = weights, Gradient = gradient, Update = update, Norm = norm, ClipNorm = _clipNorm };
        pool.Run(ref job, _slices.Length);
        return norm;
    }

    private readonly record struct Slice(int Offset, int Count, Memory<float>[] State);

    private struct Job : IParallelJob
    {
        public Optimizer Optimizer;
        public Slice[] Slices;
        public Tensor Weights;
        public Tensor Gradient;
        public UpdateStep Update;
        public double Norm;
        public double ClipNorm;

        public readonly unsafe void Execute(long item, int thread)
        {
            Slice s = Slices[item];
            var gradient = new Span<float>(Gradient.View.F32 + s.Offset, s.Count);
            if (ClipNorm > 0)
            {
                GradientClip.ToNorm(gradient, Norm, ClipNorm);
            }

            Optimizer.Update(new Span<float>(Weights.View.F32 + s.Offset, s.Count), gradient, s.State, Update);
        }
    }
}
