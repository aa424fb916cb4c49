namespace YarnDL.Nn;

/// <summary>Fires while the loss of the step is below a value.</summary>
public sealed class MinLoss(double loss) : Trigger
{
    public override Spec Spec => new("minLoss", new() { ["loss"] = loss });

    public override bool Fires(in TriggerMoment moment) => moment.Loss < loss;
}
