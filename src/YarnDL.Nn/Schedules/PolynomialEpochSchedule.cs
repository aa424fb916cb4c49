using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>base·(1 - epoch / epochs)^power in whole epochs (null: of the whole training), then 0.</summary>
public sealed class PolynomialEpochSchedule(double power = 1, long? epochs = null) : Schedule
{
    private readonly double _power = power > 0 ? power : throw new SpecException($"[polynomialEpoch] power is {power}; it must be more than 0", "power");

    public override Spec Spec => new("polynomialEpoch", epochs is { } n ? new() { ["power"] = _power, ["epochs"] = n } : new() { ["power"] = _power });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long end = Math.Max(1, epochs ?? (totalSteps / Math.Max(1, stepsPerEpoch)));
        long epoch = Time(step, stepsPerEpoch, perEpoch: true);
        return new(step, epoch >= end ? 0 : baseRate * Maths.Pow(1 - ((double)epoch / end), _power));
    }
}
