namespace YarnDL.Nn;

/// <summary>Height and width; one integer stands for both.</summary>
public readonly record struct Size2(long Height, long Width)
{
    public static implicit operator Size2(int both) => new(both, both);

    public static implicit operator Size2(long both) => new(both, both);

    public static implicit operator Size2((long Height, long Width) size) => new(size.Height, size.Width);

    internal long[] ToArray() => [Height, Width];

    /// <summary>ONNX order: begin of each axis, then end of each.</summary>
    internal long[] ToPads() => [Height, Width, Height, Width];

    internal static Size2? From(SpecReader o, string key) => o.FindExtents(key, 2) is { } e ? new Size2(e[0], e[1]) : null;
}
