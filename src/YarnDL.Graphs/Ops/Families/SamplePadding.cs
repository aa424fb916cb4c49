namespace YarnDL.Graphs.Ops.Families;

/// <summary>What GridSample finds outside the image.</summary>
internal enum SamplePadding
{
    /// <summary>Zeros.</summary>
    Zeros,

    /// <summary>The outermost elements.</summary>
    Border,

    /// <summary>The image mirrored at its border.</summary>
    Reflection,
}
