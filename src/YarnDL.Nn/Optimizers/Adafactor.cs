using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Adafactor, PyTorch's formula, t = step + 1: b = t^decay; a tensor of two or more axes keeps the mean of g² over columns (row_var) and over rows (col_var) of its
/// last two axes, each += b·(mean - old), and v = row_var·col_var / max(mean of row_var, epsilon1); a vector keeps v itself in row_var. u = g / sqrt(max(v, epsilon1²));
/// w *= 1 - rate·weightDecay; w -= max(epsilon2, rms(w))·min(rate, 1 / sqrt(t)) / max(1, rms(u) / clip)·u. Shazeer and Stern, 2018.
/// State beyond the factors stays 0.
/// </summary>
public sealed class Adafactor(double learningRate = 1e-2, double decay = -0.8, double epsilon1 = 1e-14, double epsilon2 = 1e-3, double clip = 1, double weightDecay = 0) : Optimizer
{
    private readonly double _decay = decay <= 0 ? decay : throw new SpecException($"[adafactor] decay is {decay}; it must be at most 0", "decay");
    private readonly double _epsilon1 = Within("adafactor", "epsilon1", epsilon1, 0, double.PositiveInfinity);
    private readonly double _epsilon2 = Within("adafactor", "epsilon2", epsilon2, 0, double.PositiveInfinity);
    private readonly double _clip = Within("adafactor", "clip", clip, double.Epsilon, double.PositiveInfinity);
    private readonly double _weightDecay = Within("adafactor", "weightDecay", weightDecay, 0, double.PositiveInfinity);

    public override Spec Spec => new("adafactor", new()
    {
        ["learningRate"] = LearningRate,
        ["decay"] = _decay,
        ["epsilon1"] = _epsilon1,
        ["epsilon2"] = _epsilon2,
        ["clip"] = _clip,
        ["weightDecay"] = _weightDecay,
    });

    public override OptimizerKind Kind => OptimizerKind.NeedsTensors;

    public override double LearningRate { get; } = Within("adafactor", "learningRate", learningRate, 0, double.PositiveInfinity);

    public override IReadOnlyList<string> StateNames => ["row_var", "col_var"];

    /// <summary>The slice as a vector.</summary>
    public override void Update(Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update) =>
        UpdateTensor(new Shape(weights.Length), weights, gradient, state, update);

    public override void UpdateTensor(Shape shape, Span<float> weights, ReadOnlySpan<float> gradient, ReadOnlySpan<Memory<float>> state, in UpdateStep update)
    {
        double blend = Maths.Pow(update.Step + 1, _decay);
        double rate = Math.Max(_epsilon2, Math.Sqrt(SumOfSquares(weights) / Math.Max(1, weights.Length))) * Math.Min(update.LearningRate, 1 / Math.Sqrt(update.Step + 1));
        var direction = new float[weights.Length];
        Span<float> rows = state[0].Span;
        Span<float> columns = state[1].Span;
        int width = shape.Rank > 1 ? (int)shape[shape.Rank - 1] : 0;
        int height = shape.Rank > 1 ? (int)shape[shape.Rank - 2] : 0;
        for (int m = 0; shape.Rank > 1 && width > 0 && height > 0 && m < weights.Length / (width * height); m++)
        {
            int at = m * width * height;
            Matrix(gradient.Slice(at, width * height), direction.AsSpan(at, width * height), rows.Slice(m * height, height), columns.Slice(m * width, width), blend);
        }

        for (int i = 0; shape.Rank <= 1 && i < weights.Length; i++)
        {
            double g = gradient[i];
            rows[i] = (float)(rows[i] + (blend * ((g * g) - rows[i])));
            direction[i] = (float)(g / Math.Sqrt(Math.Max(rows[i], _epsilon1 * _epsilon1)));
        }

        double root = Math.Sqrt(SumOfSquares(direction) / Math.Max(1, weights.Length));
        double step = rate / Math.Max(1, root / _clip);
        double shrink = 1 - (update.LearningRate * (update.WeightDecay ?? _weightDecay));
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)((weights[i] * shrink) - (step * direction[i]));
        }
    }

    private void Matrix(ReadOnlySpan<float> gradient, Span<float> direction, Span<float> rows, Span<float> columns, double blend)
    {
        int width = columns.Length;
        var means = new double[width];
        double mean = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            double sum = 0;
            for (int c = 0; c < width; c++)
            {
                double g = gradient[(r * width) + c];
                sum += g * g;
                means[c] += g * g / rows.Length;
            }

            rows[r] = (float)(rows[r] + (blend * ((sum / width) - rows[r])));
            mean += (double)rows[r] / rows.Length;
        }

        for (int c = 0; c < width; c++)
        {
            columns[c] = (float)(columns[c] + (blend * (means[c] - columns[c])));
        }

        for (int i = 0; i < gradient.Length; i++)
        {
            double v = (double)rows[i / width] * columns[i % width] / Math.Max(mean, _epsilon1);
            direction[i] = (float)(gradient[i] / Math.Sqrt(Math.Max(v, _epsilon1 * _epsilon1)));
        }
    }

    private static double SumOfSquares(ReadOnlySpan<float> x)
    {
        double sum = 0;
        foreach (float v in x)
        {
            sum += (double)v * v;
        }

        return sum;
    }
}
