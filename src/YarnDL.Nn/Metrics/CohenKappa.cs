namespace YarnDL.Nn;

/// <summary>1 - sum of w·counts over sum of w·(counts expected by chance), w = 1 off the diagonal, or |i - j| (linear), or (i - j)² (quadratic). Cohen, 1960.</summary>
public sealed class CohenKappa(int classes = 2, double? threshold = null, string weights = "none") : ConfusionMetric("kappa", classes, threshold)
{
    private readonly string _weights = weights is "none" or "linear" or "quadratic" ? weights : throw new SpecException($"[kappa] weights is {weights}; it must be one of none, linear, quadratic", "weights");

    public override Spec Spec
    {
        get
        {
            Spec spec = Described("kappa");
            spec.Options["weights"] = _weights;
            return spec;
        }
    }

    public override double Result(MetricValue value)
    {
        double all = Rows(value);
        double seen = 0;
        double expected = 0;
        for (int i = 0; i < Classes; i++)
        {
            for (int j = 0; j < Classes; j++)
            {
                double w = i == j ? 0 : _weights switch { "linear" => Math.Abs(i - j), "quadratic" => (double)(i - j) * (i - j), _ => 1 };
                seen += w * Count(value, i, j);
                expected += w * True(value, i) * Predicted(value, j) / all;
            }
        }

        return 1 - (seen / expected);
    }
}
