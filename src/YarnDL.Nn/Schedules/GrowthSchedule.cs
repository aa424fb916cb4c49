namespace YarnDL.Nn;

/// <summary>base + delta·t, t in steps: a warm-up to be followed by another schedule in a <see cref="SequentialSchedule"/>.</summary>
public sealed class GrowthSchedule(double delta) : Schedule
{
    public override Spec Spec => new("growth", new() { ["delta"] = delta });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) => new(step, baseRate + (delta * step));
}
