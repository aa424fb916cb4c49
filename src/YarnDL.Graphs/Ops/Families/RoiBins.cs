namespace YarnDL.Graphs.Ops.Families;

/// <summary>The bins of MaxRoiPool along one axis, by Fast R-CNN's rounding.</summary>
internal readonly struct RoiBins
{
    private readonly long _first;
    private readonly float _bin;
    private readonly long _extent;

    public RoiBins(float from, float to, float scale, long bins, long extent)
    {
        _first = (long)MathF.Round(from * scale, MidpointRounding.AwayFromZero);
        long last = (long)MathF.Round(to * scale, MidpointRounding.AwayFromZero);
        _bin = Math.Max(last - _first + 1, 1) / (float)bins;
        _extent = extent;
    }

    public long Begin(long bin) => Math.Clamp((long)MathF.Floor(bin * _bin) + _first, 0, _extent);

    public long End(long bin) => Math.Clamp((long)MathF.Ceiling((bin + 1) * _bin) + _first, 0, _extent);
}
