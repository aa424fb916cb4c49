namespace YarnDL.Nn;

/// <summary>base·s / warmUp until s = step + 1 reaches warmUp, then base·sqrt(warmUp / s).</summary>
public sealed class InverseSqrtSchedule(long warmUp) : Schedule
{
    private readonly long _warmUp = AtLeastOne("inverseSqrt", "warmUp", warmUp);

    public override Spec Spec => new("inverseSqrt", new() { ["warmUp"] = _warmUp });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double s = step + 1;
        return new(step, baseRate * (s < _warmUp ? s / _warmUp : Math.Sqrt(_warmUp / s)));
    }
}
