namespace YarnDL.Nn;

/// <summary>factor·width^-0.5·min(s^-0.5, s·warmUp^-1.5), s = step + 1; the base rate is not looked at. Vaswani and others, 2017.</summary>
public sealed class NoamSchedule(long width, long warmUp = 4000, double factor = 1) : Schedule
{
    private readonly long _width = AtLeastOne("noam", "width", width);
    private readonly long _warmUp = AtLeastOne("noam", "warmUp", warmUp);

    public override Spec Spec => new("noam", new() { ["width"] = _width, ["warmUp"] = _warmUp, ["factor"] = factor });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double s = step + 1;
        return new(step, factor / Math.Sqrt(_width) * Math.Min(1 / Math.Sqrt(s), s / (_warmUp * Math.Sqrt(_warmUp))));
    }
}
