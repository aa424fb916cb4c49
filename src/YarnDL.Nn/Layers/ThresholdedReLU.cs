namespace YarnDL.Nn;

/// <summary>x above threshold, else 0. Keras.</summary>
/// <param name="threshold">The bound.</param>
public sealed class ThresholdedReLU(double threshold = 1) : Elementwise("ThresholdedRelu", new(("alpha", threshold)));
