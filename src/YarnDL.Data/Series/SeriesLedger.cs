namespace YarnDL.Data.Series;

/// <summary>Source rows of windows: read = used (in at least one window or horizon) + unused (stretches too short, ends) + bad (no place in the order).</summary>
public sealed record SeriesLedger(long Read, long Used, long Unused, long Bad)
{
    /// <summary>Both together.</summary>
    public SeriesLedger Plus(SeriesLedger other) => new(Read + other.Read, Used + other.Used, Unused + other.Unused, Bad + other.Bad);

    /// <summary>True when no row is lost or counted twice.</summary>
    public bool Balances => Read == Used + Unused + Bad;
}
