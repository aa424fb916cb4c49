namespace YarnDL.Graphs.Ops.Families;

/// <summary>How GridSample finds values between elements.</summary>
internal enum SampleMode
{
    /// <summary>The nearest element, halves to even.</summary>
    Nearest,

    /// <summary>Two neighbours along each axis.</summary>
    Linear,

    /// <summary>Four neighbours along each axis.</summary>
    Cubic,
}
