namespace YarnDL.Nn;

/// <summary>Depth, height and width; one integer stands for all.</summary>
public readonly record struct Size3(long Depth, long Height, long Width)
{
    public static implicit operator Size3(int all) => new(all, all, all);

    public static implicit operator Size3(long all) => new(all, all, all);

    public static implicit operator Size3((long Depth, long Height, long Width) size) => new(size.Depth, size.Height, size.Width);

    internal long[] ToArray() => [Depth, Height, Width];

    internal static Size3? From(SpecReader o, string key) => o.FindExtents(key, 3) is { } e ? new Size3(e[0], e[1], e[2]) : null;
}
