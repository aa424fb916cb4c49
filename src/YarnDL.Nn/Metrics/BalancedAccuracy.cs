namespace YarnDL.Nn;

/// <summary>The mean recall of the classes that have rows.</summary>
public sealed class BalancedAccuracy(int classes = 2, double? threshold = null) : ConfusionMetric("balancedAccuracy", classes, threshold)
{
    public override Spec Spec => Described("balancedAccuracy");

    public override double Result(MetricValue value)
    {
        double sum = 0;
        int present = 0;
        for (int c = 0; c < Classes; c++)
        {
            double rows = True(value, c);
            sum += rows > 0 ? Count(value, c, c) / rows : 0;
            present += rows > 0 ? 1 : 0;
        }

        return present == 0 ? double.NaN : sum / present;
    }
}
