namespace YarnDL.Nn;

/// <summary>In training x times a normal number of mean 1 and deviation sqrt(ratio / (1 - ratio)). Srivastava et al. 2014.</summary>
/// <param name="ratio">At least 0 and less than 1.</param>
public sealed class GaussianDropout(double ratio = 0.5) : Elementwise("GaussianDropout", new(("ratio", ratio)));
