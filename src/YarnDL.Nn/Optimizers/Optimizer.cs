namespace YarnDL.Nn;

/// <summary>Turns gradients into new weights. Options are fixed; rate and step come with each call; state is owned by the caller.</summary>
public abstract class Optimizer
{
    public abstract Spec Spec { get; }

    public virtual OptimizerKind Kind => OptimizerKind.Elementwise;

    /// <summary>The rate before any schedule.</summary>
    public abstract double LearningRate { get; }

    /// <summary>State vectors of the parameter vector's length, by PyTorch's names, such as <c>exp_avg</c>; they start at zero.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>Updates one slice in place. Element for element the same bits whatever the slices.</summary>
    /// <param name="weights">The slice of the parameter vector.</param>
    /// <param name="gradient">The slice of the gradient.</param>
    /// <param name="state">The slices of the state vectors, in the order of <see cref="StateNames"/>.</param>
    /// <param name="update">Step number from 0, rate and momentum of this step.</param>
    public abstract void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update);
}
