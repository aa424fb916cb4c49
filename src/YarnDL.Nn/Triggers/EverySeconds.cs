namespace YarnDL.Nn;

/// <summary>Fires at the first step after every so many seconds since the start; it depends on the clock, so it may decide when something is written but not what is computed.</summary>
public sealed class EverySeconds(double seconds) : Trigger
{
    private readonly double _seconds = seconds > 0 ? seconds : throw new SpecException($"[everySeconds] seconds is {seconds}; it must be more than 0", "seconds");

    public override Spec Spec => new("everySeconds", new() { ["seconds"] = _seconds });

    public override bool UsesClock => true;

    public override bool Fires(in TriggerMoment moment) => Math.Floor(moment.Seconds / _seconds) > Math.Floor(moment.SecondsBefore / _seconds);
}
