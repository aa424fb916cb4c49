namespace YarnDL.Graphs.Ops.Families;

/// <summary>One axis of a sample of RoiAlign: the two neighbours and the weight of the second; nothing when it lies too far outside.</summary>
internal readonly struct RoiPlace
{
    public RoiPlace(float at, long extent)
    {
        Outside = !(at >= -1 && at <= extent);
        at = at <= 0 ? 0 : at;
        Low = Outside ? 0 : Math.Min((long)at, extent - 1);
        High = Math.Min(Low + 1, extent - 1);
        Share = Outside || High == Low ? 0 : at - Low;
    }

    public bool Outside { get; }

    public long Low { get; }

    public long High { get; }

    /// <summary>Weight of the upper neighbour.</summary>
    public float Share { get; }
}
