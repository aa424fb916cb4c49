using System.Text.Json.Nodes;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Turns gradients into new weights. Options are fixed; rate and step come with each call; state is owned by the caller.</summary>
public abstract class Optimizer
{
    /// <summary>Optimizers by name.</summary>
    public static Registry<Optimizer> All { get; } = new Registry<Optimizer>("optimizer")
        .Register("sgd", o => new Sgd(o.Number("learningRate"), o.Number("momentum", 0), o.Number("dampening", 0), o.Number("weightDecay", 0), o.Flag("nesterov"), o.Flag("maximize")))
        .Register("adam", o => new Adam(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0), o.Flag("amsgrad"), o.Flag("maximize")))
        .Register("adamw", o => new AdamW(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 1e-2), o.Flag("amsgrad"), o.Flag("maximize")))
        .Register("adamax", o => new Adamax(o.Number("learningRate", 2e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0)))
        .Register("nadam", o => new NAdam(o.Number("learningRate", 2e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0), o.Number("momentumDecay", 4e-3), o.Flag("decoupled")))
        .Register("radam", o => new RAdam(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0)))
        .Register("adagrad", o => new Adagrad(o.Number("learningRate", 1e-2), o.Number("rateDecay", 0), o.Number("weightDecay", 0), o.Number("epsilon", 1e-10), o.Number("initial", 0)))
        .Register("adadelta", o => new Adadelta(o.Number("learningRate", 1), o.Number("rho", 0.9), o.Number("epsilon", 1e-6), o.Number("weightDecay", 0)))
        .Register("rmsprop", o => new RmsProp(o.Number("learningRate", 1e-2), o.Number("alpha", 0.99), o.Number("epsilon", 1e-8), o.Number("weightDecay", 0), o.Number("momentum", 0), o.Flag("centered")))
        .Register("tfRmsprop", o => new TfRmsProp(o.Number("learningRate", 1e-3), o.Number("rho", 0.9), o.Number("momentum", 0), o.Number("epsilon", 1e-7), o.Flag("centered")))
        .Register("rprop", o => new Rprop(o.Number("learningRate", 1e-2), o.Number("etaMinus", 0.5), o.Number("etaPlus", 1.2), o.Number("smallest", 1e-6), o.Number("largest", 50)))
        .Register("asgd", o => new AveragedSgd(o.Number("learningRate", 1e-2), o.Number("lambda", 1e-4), o.Number("alpha", 0.75), o.Number("start", 1e6), o.Number("weightDecay", 0)))
        .Register("ftrl", o => new Ftrl(o.Number("learningRate", 1e-3), o.Number("power", -0.5), o.Number("initial", 0.1), o.Number("l1", 0), o.Number("l2", 0), o.Number("l2Shrinkage", 0), o.Number("beta", 0)))
        .Register("lion", o => new Lion(o.Number("learningRate", 1e-4), o.Number("beta1", 0.9), o.Number("beta2", 0.99), o.Number("weightDecay", 0)))
        .Register("adamWeightDecay", o => new AdamWeightDecay(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-6), o.Number("weightDecay", 0.01)))
        .Register("sparseAdam", o => new SparseAdam(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-8)))
        .Register("lars", o => new Lars(o.Number("learningRate"), o.Number("momentum", 0.9), o.Number("weightDecay", 1e-4), o.Number("trust", 1e-3), o.Number("epsilon", 0)))
        .Register("lamb", o => new Lamb(o.Number("learningRate", 1e-3), o.Number("beta1", 0.9), o.Number("beta2", 0.999), o.Number("epsilon", 1e-6), o.Number("weightDecay", 0)))
        .Register("adafactor", o => new Adafactor(o.Number("learningRate", 1e-2), o.Number("decay", -0.8), o.Number("epsilon1", 1e-14), o.Number("epsilon2", 1e-3), o.Number("clip", 1), o.Number("weightDecay", 0)))
        .Register("lbfgs", o => new Lbfgs(o.Number("learningRate", 1), checked((int)o.Int("iterations", 20)), checked((int)o.Int("history", 100)), o.Flag("strongWolfe"),
            o.Number("gradientTolerance", 1e-7), o.Number("changeTolerance", 1e-9), checked((int?)o.FindInt("evaluations"))));

    public abstract Spec Spec { get; }

    public virtual OptimizerKind Kind => OptimizerKind.Elementwise;

    /// <summary>The rate before any schedule.</summary>
    public abstract double LearningRate { get; }

    /// <summary>State vectors of the parameter vector's length, by PyTorch's names, such as <c>exp_avg</c>.</summary>
    public abstract IReadOnlyList<string> StateNames { get; }

    /// <summary>True when an element whose gradient is 0 keeps weight and state bit for bit: then only the rows of a table that have a gradient need an update.</summary>
    public virtual bool KeepsIdle => false;

    /// <summary>True when it is meant for tables whose rows without gradient keep weight and state.</summary>
    public virtual bool WantsRows => false;

    /// <summary>What every element of a state vector is before the first step.</summary>
    /// <param name="index">The place in <see cref="StateNames"/>.</param>
    public virtual float InitialState(int index) => 0;

    /// <summary>The optimizer that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Optimizer From(Spec spec) => All.Create(spec);

    /// <summary>Updates one slice in place. Element for element the same bits whatever the slices.</summary>
    /// <param name="weights">The slice of the parameter vector.</param>
    /// <param name="gradient">The slice of the gradient.</param>
    /// <param name="state">The slices of the state vectors, in the order of <see cref="StateNames"/>.</param>
    /// <param name="update">Step number from 0, rate and momentum of this step.</param>
    public abstract void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update);

    /// <summary>Updates one whole tensor; only <see cref="OptimizerKind.NeedsTensors"/> looks at the shape.</summary>
    public virtual void UpdateTensor(Shape shape, Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        Update(weights, gradient, state, update);

    /// <summary>Updates only the rows of a table (rows, width) that have a gradient; all others keep weights and state, whatever weight decay says.</summary>
    /// <exception cref="NotSupportedException">The optimizer is not elementwise.</exception>
    public void UpdateRows(Span<float> weights, int width, RowGradient gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        if (Kind != OptimizerKind.Elementwise)
        {
            throw new NotSupportedException($"[{Spec.Type}] it is {Kind}; rows of a table can be updated by elementwise optimizers only: choose sparseAdam, adagrad or sgd");
        }

        var rows = new Memory<float>[state.Length];
        for (int i = 0; i < gradient.Rows.Length; i++)
        {
            int at = checked((int)(gradient.Rows[i] * width));
            for (int s = 0; s < rows.Length; s++)
            {
                rows[s] = state[s].Slice(at, width);
            }

            Update(weights.Slice(at, width), gradient.Values.AsSpan(i * width, width), rows, update);
        }
    }

    /// <summary>A named option; refused when it lies outside its range.</summary>
    private protected static double Within(string area, string name, double value, double low, double highExclusive) =>
        value >= low && value < highExclusive ? value
            : throw new SpecException($"[{area}] {name} is {Text(value)}; it must be at least {Text(low)}{(double.IsPositiveInfinity(highExclusive) ? "" : $" and less than {Text(highExclusive)}")}", name);

    private static string Text(double value) => JsonValue.Create(value).ToJsonString();
}
