using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>base·gamma^(t / size), t in epochs or steps; staircase: the quotient rounded down.</summary>
public sealed class ExponentialSchedule(double gamma, long size = 1, bool staircase = false, bool perEpoch = true) : Schedule
{
    private readonly double _gamma = gamma > 0 ? gamma : throw new SpecException($"[exponential] gamma is {gamma}; it must be more than 0", "gamma");
    private readonly long _size = AtLeastOne("exponential", "size", size);

    public override Spec Spec => new("exponential", new() { ["gamma"] = _gamma, ["size"] = _size, ["staircase"] = staircase, ["per"] = perEpoch ? "epoch" : "step" });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Time(step, stepsPerEpoch, perEpoch);
        return new(step, baseRate * (staircase || _size == 1 ? IntegerPower.Of(_gamma, t / _size) : Maths.Pow(_gamma, (double)t / _size)));
    }
}
