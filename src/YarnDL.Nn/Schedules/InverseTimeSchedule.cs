namespace YarnDL.Nn;

/// <summary>base / (1 + decay·t / size), t in epochs or steps; staircase: the quotient t / size rounded down.</summary>
public sealed class InverseTimeSchedule(double decay, long size = 1, bool staircase = false, bool perEpoch = true) : Schedule
{
    private readonly double _decay = decay >= 0 ? decay : throw new SpecException($"[inverseTime] decay is {decay}; it must be at least 0", "decay");
    private readonly long _size = AtLeastOne("inverseTime", "size", size);

    public override Spec Spec => new("inverseTime", new() { ["decay"] = _decay, ["size"] = _size, ["staircase"] = staircase, ["per"] = perEpoch ? "epoch" : "step" });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Time(step, stepsPerEpoch, perEpoch);
        return new(step, baseRate / (1 + (staircase ? _decay * (t / _size) : _decay * t / _size)));
    }
}
