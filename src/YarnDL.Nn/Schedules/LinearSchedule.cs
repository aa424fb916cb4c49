namespace YarnDL.Nn;

/// <summary>base times a factor that goes in a straight line from <c>start</c> to <c>end</c> over <c>size</c> units, then stays; t in epochs or steps.</summary>
public sealed class LinearSchedule(double start, double end = 1, long size = 5, bool perEpoch = true) : Schedule
{
    private readonly long _size = AtLeastOne("linear", "size", size);

    public override Spec Spec => new("linear", new() { ["start"] = start, ["end"] = end, ["size"] = _size, ["per"] = perEpoch ? "epoch" : "step" });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Math.Min(_size, Time(step, stepsPerEpoch, perEpoch));
        return new(step, baseRate * (start + ((end - start) * t / _size)));
    }
}
