using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Half cosines from base to final that start again: the first takes <c>first</c> units, each next <c>factor</c> times as many. Loshchilov and Hutter, 2017 (SGDR).</summary>
public sealed class CosineRestartsSchedule(long first, long factor = 1, double final = 0, bool perEpoch = true) : Schedule
{
    private readonly long _first = AtLeastOne("cosineRestarts", "first", first);
    private readonly long _factor = AtLeastOne("cosineRestarts", "factor", factor);

    public override Spec Spec => new("cosineRestarts", new() { ["first"] = _first, ["factor"] = _factor, ["final"] = final, ["per"] = perEpoch ? "epoch" : "step" });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Time(step, stepsPerEpoch, perEpoch);
        long length = _first;
        if (_factor == 1)
        {
            t %= length;
        }

        for (; t >= length; length *= _factor)
        {
            t -= length;
        }

        return new(step, final + ((baseRate - final) * (1 + Maths.Cos(Math.PI * t / length)) / 2));
    }
}
