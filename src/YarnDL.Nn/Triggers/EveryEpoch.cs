namespace YarnDL.Nn;

/// <summary>Fires at the end of every epoch.</summary>
public sealed class EveryEpoch : Trigger
{
    public override Spec Spec => new("everyEpoch");

    public override bool Fires(in TriggerMoment moment) => moment.EpochEnds;
}
