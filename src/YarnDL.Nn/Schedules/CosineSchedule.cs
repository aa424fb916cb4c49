using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>final + (base - final)·(1 + cos(pi·t / T)) / 2, T steps (null: the whole training); beyond T it rises again. Loshchilov and Hutter, 2017.</summary>
public sealed class CosineSchedule(double final = 0, long? steps = null) : Schedule
{
    public override Spec Spec => new("cosine", steps is { } n ? new() { ["final"] = final, ["steps"] = n } : new() { ["final"] = final });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long period = Math.Max(1, steps ?? totalSteps);
        double phase = (double)(step % (2 * period)) / period;
        return new(step, final + ((baseRate - final) * (1 + Maths.Cos(Math.PI * phase)) / 2));
    }
}
