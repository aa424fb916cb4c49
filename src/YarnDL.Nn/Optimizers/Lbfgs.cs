namespace YarnDL.Nn;

/// <summary>
/// Limited-memory BFGS in float64, PyTorch's algorithm: the direction by the two-loop recursion over the last <c>history</c> pairs, the step by the rate
/// (the first: min(1, 1 / |g|₁)·rate) or by a strong Wolfe line search. It asks for losses and gradients itself. Nocedal and Wright, 2006, algorithm 7.5.
/// </summary>
public sealed class Lbfgs(double learningRate = 1, int iterations = 20, int history = 100, bool strongWolfe = false, double gradientTolerance = 1e-7,
    double changeTolerance = 1e-9, int? evaluations = null) : Optimizer
{
    private readonly int _iterations = iterations >= 1 ? iterations : throw new SpecException($"[lbfgs] iterations is {iterations}; it must be at least 1", "iterations");
    private readonly int _history = history >= 1 ? history : throw new SpecException($"[lbfgs] history is {history}; it must be at least 1", "history");
    private readonly double _gradientTolerance = Within("lbfgs", "gradientTolerance", gradientTolerance, 0, double.PositiveInfinity);
    private readonly double _changeTolerance = Within("lbfgs", "changeTolerance", changeTolerance, 0, double.PositiveInfinity);
    private readonly int _evaluations = evaluations ?? iterations * 5 / 4;

    public override Spec Spec => new("lbfgs", new()
    {
        ["learningRate"] = LearningRate,
        ["iterations"] = _iterations,
        ["history"] = _history,
        ["strongWolfe"] = strongWolfe,
        ["gradientTolerance"] = _gradientTolerance,
        ["changeTolerance"] = _changeTolerance,
        ["evaluations"] = _evaluations,
    });

    public override OptimizerKind Kind => OptimizerKind.NeedsReevaluation;

    public override double LearningRate { get; } = Within("lbfgs", "learningRate", learningRate, 0, double.PositiveInfinity);

    /// <summary>None: see <see cref="LbfgsState"/>.</summary>
    public override IReadOnlyList<string> StateNames => [];

    /// <summary>Not possible: one gradient is not enough.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        throw new NotSupportedException("[lbfgs] it needs losses at other points; call Step with a function that computes them");

    /// <summary>Up to <c>iterations</c> steps from the weights, which are changed in place.</summary>
    /// <param name="weights">All parameters.</param>
    /// <param name="evaluate">Loss and gradient anywhere; called several times.</param>
    /// <param name="state">Of the call before; new at the start.</param>
    /// <param name="learningRate">Of this step; null: the optimizer's.</param>
    /// <returns>The loss before the step, and how often it was evaluated.</returns>
    public (double Loss, int Evaluations) Step(double[] weights, LossAndGradient evaluate, LbfgsState state, double? learningRate = null)
    {
        double rate = learningRate ?? LearningRate;
        var gradient = new double[weights.Length];
        double first = evaluate(weights, gradient);
        double loss = first;
        int done = 1;
        if (Largest(gradient) <= _gradientTolerance)
        {
            return (first, done);
        }

        for (int n = 1; n <= _iterations; n++)
        {
            state.Iterations++;
            state.Direction = state.Iterations == 1 ? Scaled(gradient, -1) : Direction(state, gradient);
            state.Gradient = [.. gradient];
            double before = loss;
            state.Length = state.Iterations == 1 ? Math.Min(1, 1 / SumOfAbsolutes(gradient)) * rate : rate;
            double slope = Dot(gradient, state.Direction);
            if (slope > -_changeTolerance)
            {
                break;
            }

            bool flat = false;
            if (strongWolfe)
            {
                LineSearch found = WolfeSearch.Run(evaluate, weights, state.Length, state.Direction, loss, gradient, slope, _evaluations - done);
                (loss, gradient, state.Length) = (found.Loss, found.Gradient, found.Length);
                done += found.Evaluations;
                Move(weights, state.Direction, state.Length);
                flat = Largest(gradient) <= _gradientTolerance;
            }
            else
            {
                Move(weights, state.Direction, state.Length);
                if (n != _iterations)
                {
                    loss = evaluate(weights, gradient);
                    done++;
                    flat = Largest(gradient) <= _gradientTolerance;
                }
            }

            if (done >= _evaluations || flat || Largest(state.Direction) * state.Length <= _changeTolerance || Math.Abs(loss - before) < _changeTolerance)
            {
                break;
            }
        }

        return (first, done);
    }

    internal static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    internal static double Largest(ReadOnlySpan<double> x)
    {
        double most = 0;
        foreach (double v in x)
        {
            most = Math.Max(most, Math.Abs(v));
        }

        return most;
    }

    /// <summary>x += length·direction.</summary>
    internal static void Move(Span<double> x, ReadOnlySpan<double> direction, double length)
    {
        for (int i = 0; i < x.Length; i++)
        {
            x[i] += length * direction[i];
        }
    }

    private double[] Direction(LbfgsState state, double[] gradient)
    {
        double[] change = [.. gradient];
        Move(change, state.Gradient, -1);
        double[] step = Scaled(state.Direction, state.Length);
        double curvature = Dot(change, step);
        if (curvature > 1e-10)
        {
            if (state.Steps.Count == _history)
            {
                state.Steps.RemoveAt(0);
                state.GradientChanges.RemoveAt(0);
            }

            state.Steps.Add(step);
            state.GradientChanges.Add(change);
            state.Diagonal = curvature / Dot(change, change);
        }

        int count = state.Steps.Count;
        var along = new double[count];
        var inverse = new double[count];
        double[] d = Scaled(gradient, -1);
        for (int i = count - 1; i >= 0; i--)
        {
            inverse[i] = 1 / Dot(state.GradientChanges[i], state.Steps[i]);
            along[i] = Dot(state.Steps[i], d) * inverse[i];
            Move(d, state.GradientChanges[i], -along[i]);
        }

        d = Scaled(d, state.Diagonal);
        for (int i = 0; i < count; i++)
        {
            Move(d, state.Steps[i], along[i] - (Dot(state.GradientChanges[i], d) * inverse[i]));
        }

        return d;
    }

    private static double[] Scaled(double[] x, double factor) => Array.ConvertAll(x, v => v * factor);

    private static double SumOfAbsolutes(double[] x)
    {
        double sum = 0;
        foreach (double v in x)
        {
            sum += Math.Abs(v);
        }

        return sum;
    }
}
