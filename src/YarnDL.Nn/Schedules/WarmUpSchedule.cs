namespace YarnDL.Nn;

/// <summary>The rate grows in a straight line from startFactor·base to base over some steps; then another schedule begins at its own step 0.</summary>
public sealed class WarmUpSchedule(long steps, Schedule then, double startFactor = 0) : Schedule
{
    private readonly long _steps = AtLeastOne("warmUp", "steps", steps);

    public override Spec Spec => new("warmUp", new() { ["steps"] = _steps, ["startFactor"] = startFactor, ["then"] = then.Spec.ToJson() });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) => step < _steps
        ? new(step, baseRate * (startFactor + ((1 - startFactor) * step / _steps)))
        : then.At(step - _steps, Math.Max(1, totalSteps - _steps), stepsPerEpoch, baseRate) with { Step = step };
}
