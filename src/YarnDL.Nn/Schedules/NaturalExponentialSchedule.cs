using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>base·exp(-gamma·t / size), t in epochs or steps; staircase: the quotient t / size rounded down.</summary>
public sealed class NaturalExponentialSchedule(double gamma, long size = 1, bool staircase = false, bool perEpoch = true) : Schedule
{
    private readonly double _gamma = gamma >= 0 ? gamma : throw new SpecException($"[naturalExponential] gamma is {gamma}; it must be at least 0", "gamma");
    private readonly long _size = AtLeastOne("naturalExponential", "size", size);

    public override Spec Spec => new("naturalExponential", new() { ["gamma"] = _gamma, ["size"] = _size, ["staircase"] = staircase, ["per"] = perEpoch ? "epoch" : "step" });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Time(step, stepsPerEpoch, perEpoch);
        return new(step, baseRate * Maths.Exp(-_gamma * (staircase ? t / _size : (double)t / _size)));
    }
}
