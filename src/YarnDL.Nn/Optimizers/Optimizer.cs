using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>Turns gradients into new weights. Options are fixed; rate and step come with each call; state is owned by the caller.</summary>
public abstract class Optimizer
{
    /// <summary>Optimizers by name.</summary>
    public static Registry<Optimizer> All { get; } = new Registry<Optimizer>("optimizer")
        .Register("sgd", o => new Sgd(o.Number("learningRate"), o.Number("momentum", 0), o.Number("dampening", 0), o.Number("weightDecay", 0), o.Flag("nesterov"), o.Flag("maximize")))
        .Register("adam", o => new Adam(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0), o.Flag("amsgrad"), o.Flag("maximize")))
        .Register("adamw", o => new AdamW(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 1e-2), o.Flag("amsgrad"), o.Flag("maximize")));

    public abstract Spec Spec { get; }

    public virtual OptimizerKind Kind => OptimizerKind.Elementwise;

    /// <summary>The rate before any schedule.</summary>
    public abstract double LearningRate { get; }

    /// <summary>State vectors of the parameter vector's length, by PyTorch's names, such as <c>exp_avg</c>; they start at zero.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>The optimizer that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Optimizer From(Spec spec) => All.Create(spec);

    /// <summary>Updates one slice in place. Element for element the same bits whatever the slices.</summary>
    /// <param name="weights">The slice of the parameter vector.</param>
    /// <param name="gradient">The slice of the gradient.</param>
    /// <param name="state">The slices of the state vectors, in the order of <see cref="StateNames"/>.</param>
    /// <param name="update">Step number from 0, rate and momentum of this step.</param>
    public abstract void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update);

    /// <summary>A named option; refused when it lies outside its range.</summary>
    private protected static double Within(string area, string name, double value, double low, double highExclusive) =>
        value >= low && value < highExclusive ? value
            : throw new SpecException($"[{area}] {name} is {Text(value)}; it must be at least {Text(low)}{(double.IsPositiveInfinity(highExclusive) ? "" : $" and less than {Text(highExclusive)}")}", name);

    private static string Text(double value) => JsonValue.Create(value).ToJsonString();
}
