namespace YarnDL.Nn;

/// <summary>The base rate at every step.</summary>
public sealed class ConstantSchedule : Schedule
{
    public override Spec Spec => new("constant");

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) => new(step, baseRate);
}
