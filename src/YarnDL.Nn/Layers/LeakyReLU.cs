namespace YarnDL.Nn;

/// <summary>x above 0, else slope x.</summary>
/// <param name="slope">Below 0.</param>
public sealed class LeakyReLU(double slope = 0.01) : Elementwise("LeakyRelu", new(("alpha", slope)));
