using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>final + (base - final)·(1 - t / T)^power until step T (null: the whole training), then final.</summary>
public sealed class PolynomialSchedule(double power = 1, double final = 0, long? steps = null) : Schedule
{
    private readonly double _power = power > 0 ? power : throw new SpecException($"[polynomial] power is {power}; it must be more than 0", "power");

    public override Spec Spec => new("polynomial", steps is { } n ? new() { ["power"] = _power, ["final"] = final, ["steps"] = n } : new() { ["power"] = _power, ["final"] = final });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long end = Math.Max(1, steps ?? totalSteps);
        return new(step, step >= end ? final : final + ((baseRate - final) * Maths.Pow(1 - ((double)step / end), _power)));
    }
}
