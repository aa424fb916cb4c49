namespace YarnDL.Nn;

/// <summary>Matthews' correlation, for any number of classes: (right·n - sum p·t) / sqrt((n² - sum p²)·(n² - sum t²)), p and t the rows predicted as and of a class; 0 where it is 0 / 0. Gorodkin, 2004.</summary>
public sealed class Matthews(int classes = 2, double? threshold = null) : ConfusionMetric("matthews", classes, threshold)
{
    public override Spec Spec => Described("matthews");

    public override double Result(MetricValue value)
    {
        double n = Rows(value);
        double both = 0;
        double predicted = 0;
        double labelled = 0;
        for (int c = 0; c < Classes; c++)
        {
            double p = Predicted(value, c);
            double t = True(value, c);
            both += p * t;
            predicted += p * p;
            labelled += t * t;
        }

        double square = ((n * n) - predicted) * ((n * n) - labelled);
        return n == 0 ? double.NaN : square == 0 ? 0 : ((Right(value) * n) - both) / Math.Sqrt(square);
    }
}
