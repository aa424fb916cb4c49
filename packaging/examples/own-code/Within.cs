using YarnDL.Nn;
using YarnDL.Tensors;

namespace OwnCode;

/// <summary>A metric: the share of rows whose prediction lies within a distance of the target. Two sums that merge in any grouping of the rows.</summary>
internal sealed class Within(double distance) : Metric
{
    public override Spec Spec => new("within", new() { ["distance"] = distance });

    public override MetricValue Empty => new([0, 0], []);

    public override MetricValue Measure(TensorView prediction, TensorView target, TensorView weight)
    {
        ReadOnlySpan<float> p = prediction.Span<float>();
        ReadOnlySpan<float> t = target.Span<float>();
        double near = 0;
        for (int i = 0; i < t.Length; i++)
        {
            near += Math.Abs((double)p[i] - t[i]) <= distance ? 1 : 0;
        }

        return new([near, t.Length], []);
    }

    public override double Result(MetricValue value) => value.Sums[1] == 0 ? double.NaN : value.Sums[0] / value.Sums[1];
}
