namespace YarnDL.Nn;

/// <summary>BERT's rate, x = t / T over T steps (null: the whole training): base·x / portion while x is below the portion, then base·(1 - x) / (1 - portion), not below 0.</summary>
public sealed class WarmUpLinearSchedule(double portion = 0.1, long? steps = null) : Schedule
{
    private readonly double _portion = portion is > 0 and < 1 ? portion : throw new SpecException($"[warmUpLinear] portion is {portion}; it must be between 0 and 1", "portion");

    public override Spec Spec => new("warmUpLinear", steps is { } n ? new() { ["portion"] = _portion, ["steps"] = n } : new() { ["portion"] = _portion });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double x = (double)step / Math.Max(1, steps ?? totalSteps);
        return new(step, baseRate * (x < _portion ? x / _portion : Math.Max(0, (1 - x) / (1 - _portion))));
    }
}
