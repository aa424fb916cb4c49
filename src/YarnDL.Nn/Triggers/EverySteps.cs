namespace YarnDL.Nn;

/// <summary>Fires after every so many steps.</summary>
public sealed class EverySteps(long steps) : Trigger
{
    private readonly long _steps = AtLeastOne("everySteps", "steps", steps);

    public override Spec Spec => new("everySteps", new() { ["steps"] = _steps });

    public override bool Fires(in TriggerMoment moment) => moment.Steps > 0 && moment.Steps % _steps == 0;
}
