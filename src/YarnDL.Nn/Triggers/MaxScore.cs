namespace YarnDL.Nn;

/// <summary>Fires while the monitored metric is above a score.</summary>
public sealed class MaxScore(double score) : Trigger
{
    public override Spec Spec => new("maxScore", new() { ["score"] = score });

    public override bool Fires(in TriggerMoment moment) => moment.Score > score;
}
