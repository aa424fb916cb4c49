namespace YarnDL.Nn;

/// <summary>x above 0, else alpha (e^(x / alpha) - 1). Barron 2017.</summary>
/// <param name="alpha">The limit below is -alpha.</param>
public sealed class CELU(double alpha = 1) : Elementwise("Celu", new(("alpha", alpha)));
