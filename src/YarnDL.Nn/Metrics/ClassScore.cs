namespace YarnDL.Nn;

/// <summary>
/// Precision tp / (tp + fp), recall tp / (tp + fn) or F = (1 + beta²)·tp / ((1 + beta²)·tp + beta²·fn + fp), 0 where the divisor is 0; of class 1 (binary), or over the
/// classes that occur: macro = their mean, weighted = by their rows, micro = from the counts of all together. scikit-learn's definitions.
/// </summary>
public sealed class ClassScore : ConfusionMetric
{
    private readonly string _measure;
    private readonly string _average;
    private readonly double _beta;

    /// <param name="measure">precision, recall, f1 or fbeta.</param>
    /// <param name="classes">Scores per row; not looked at when there is a threshold.</param>
    /// <param name="threshold">For scores (n) of class 1.</param>
    /// <param name="average">binary, macro, micro or weighted; null: binary with a threshold, else macro.</param>
    /// <param name="beta">Of fbeta: how much more recall counts than precision.</param>
    /// <exception cref="SpecException">An option does not fit.</exception>
    public ClassScore(string measure, int classes = 2, double? threshold = null, string? average = null, double beta = 1) : base(measure, classes, threshold)
    {
        _measure = measure is "precision" or "recall" or "f1" or "fbeta" ? measure : throw new SpecException($"[metric] there is no class score {measure}; take precision, recall, f1 or fbeta");
        _average = average ?? (threshold is null ? "macro" : "binary");
        _beta = beta > 0 ? beta : throw new SpecException($"[{measure}] beta is {beta}; it must be more than 0", "beta");
        if (_average is not ("binary" or "macro" or "micro" or "weighted") || (_average == "binary" && Classes != 2))
        {
            throw new SpecException($"[{measure}] average is {_average}; it must be macro, micro, weighted, or with two classes binary", "average");
        }
    }

    public override Spec Spec
    {
        get
        {
            Spec spec = Described(_measure);
            spec.Options["average"] = _average;
            if (_measure == "fbeta")
            {
                spec.Options["beta"] = _beta;
            }

            return spec;
        }
    }

    public override double Result(MetricValue value)
    {
        if (Rows(value) == 0)
        {
            return double.NaN;
        }

        if (_average == "binary")
        {
            return Score(Count(value, 1, 1), Predicted(value, 1), True(value, 1));
        }

        if (_average == "micro")
        {
            return Score(Right(value), Rows(value), Rows(value));
        }

        double[] scores = PerClass(value);
        double sum = 0;
        double weights = 0;
        for (int c = 0; c < Classes; c++)
        {
            double weight = _average == "weighted" ? True(value, c) : True(value, c) + Predicted(value, c) > 0 ? 1 : 0;
            sum += weight * scores[c];
            weights += weight;
        }

        return sum / weights;
    }

    /// <summary>The score of each class.</summary>
    public double[] PerClass(MetricValue value)
    {
        var scores = new double[Classes];
        for (int c = 0; c < Classes; c++)
        {
            scores[c] = Score(Count(value, c, c), Predicted(value, c), True(value, c));
        }

        return scores;
    }

    /// <summary>The rows of each class.</summary>
    public double[] Support(MetricValue value)
    {
        var support = new double[Classes];
        for (int c = 0; c < Classes; c++)
        {
            support[c] = True(value, c);
        }

        return support;
    }

    private double Score(double right, double predicted, double labelled)
    {
        double square = _beta * _beta;
        (double top, double divisor) = _measure switch
        {
            "precision" => (right, predicted),
            "recall" => (right, labelled),
            _ => ((1 + square) * right, (square * labelled) + predicted),
        };
        return divisor == 0 ? 0 : top / divisor;
    }
}
