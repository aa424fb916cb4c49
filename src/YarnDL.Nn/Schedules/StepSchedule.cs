namespace YarnDL.Nn;

/// <summary>base·gamma^floor(t / size), t in epochs or steps, counted from first (0, or 1 as BigDL counts epochs).</summary>
public sealed class StepSchedule(long size, double gamma = 0.1, bool perEpoch = true, long first = 0) : Schedule
{
    private readonly long _size = AtLeastOne("step", "size", size);

    public override Spec Spec => new("step", new() { ["size"] = _size, ["gamma"] = gamma, ["per"] = perEpoch ? "epoch" : "step", ["first"] = first });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) =>
        new(step, baseRate * IntegerPower.Of(gamma, (Time(step, stepsPerEpoch, perEpoch) + first) / _size));
}
