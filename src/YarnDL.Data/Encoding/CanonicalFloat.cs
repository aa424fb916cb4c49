namespace YarnDL.Data.Encoding;

/// <summary>One NaN and one zero: what has the same row id must be the same number.</summary>
public static class CanonicalFloat
{
    /// <summary>NaN becomes the quiet NaN 0x7FC00000, -0 becomes +0, all else stays.</summary>
    public static float Of(float value) => float.IsNaN(value) ? BitConverter.UInt32BitsToSingle(0x7FC0_0000) : value == 0 ? 0f : value;

    /// <summary>NaN becomes the quiet NaN 0x7FF8000000000000, -0 becomes +0, all else stays.</summary>
    public static double Of(double value) => double.IsNaN(value) ? BitConverter.UInt64BitsToDouble(0x7FF8_0000_0000_0000) : value == 0 ? 0d : value;
}
