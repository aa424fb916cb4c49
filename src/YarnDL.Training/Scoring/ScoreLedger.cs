namespace YarnDL.Training.Scoring;

/// <summary>Every row of a scoring once: read = scored + quarantined + dropped + filtered.</summary>
public sealed record ScoreLedger(long Read, long Scored, long Quarantined, long Dropped, long Filtered)
{
    public bool Balances => Read == Scored + Quarantined + Dropped + Filtered;
}
