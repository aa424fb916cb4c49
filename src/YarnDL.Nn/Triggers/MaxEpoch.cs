namespace YarnDL.Nn;

/// <summary>Fires from the end of an epoch on.</summary>
public sealed class MaxEpoch(long epochs) : Trigger
{
    private readonly long _epochs = AtLeastOne("maxEpoch", "epochs", epochs);

    public override Spec Spec => new("maxEpoch", new() { ["epochs"] = _epochs });

    public override bool Fires(in TriggerMoment moment) => moment.Epochs >= _epochs;
}
