namespace YarnDL.Nn;

/// <summary>Dropout that keeps mean and variance behind SELU. Klambauer et al. 2017.</summary>
/// <param name="ratio">At least 0 and less than 1.</param>
public sealed class AlphaDropout(double ratio = 0.5) : Elementwise("AlphaDropout", new(("ratio", ratio)));
