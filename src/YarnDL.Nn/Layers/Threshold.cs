namespace YarnDL.Nn;

/// <summary>x above threshold, else value.</summary>
/// <param name="threshold">The bound.</param>
/// <param name="value">What stands in its place.</param>
public sealed class Threshold(double threshold, double value) : Elementwise("Threshold", new(("threshold", threshold), ("value", value)));
