namespace YarnDL.Nn;

/// <summary>In training x plus a normal number of mean 0.</summary>
/// <param name="deviation">Its standard deviation.</param>
public sealed class GaussianNoise(double deviation = 1) : Elementwise("GaussianNoise", new(("deviation", deviation)));
