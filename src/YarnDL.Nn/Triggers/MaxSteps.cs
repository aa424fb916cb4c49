namespace YarnDL.Nn;

/// <summary>Fires from a step on.</summary>
public sealed class MaxSteps(long steps) : Trigger
{
    private readonly long _steps = AtLeastOne("maxSteps", "steps", steps);

    public override Spec Spec => new("maxSteps", new() { ["steps"] = _steps });

    public override bool Fires(in TriggerMoment moment) => moment.Steps >= _steps;
}
