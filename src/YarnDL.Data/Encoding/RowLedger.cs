namespace YarnDL.Data.Encoding;

/// <summary>Every input row once: read = trained + held out + filtered + dropped + quarantined.</summary>
public sealed record RowLedger(long Read, long Trained, long HeldOut, long Filtered, long Dropped, long Quarantined)
{
    /// <summary>True when no row is lost or counted twice.</summary>
    public bool Balances => Read == Trained + HeldOut + Filtered + Dropped + Quarantined;
}
