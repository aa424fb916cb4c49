namespace YarnDL.Nn;

/// <summary>x itself; what flows back is multiplied by -lambda, so that what lies before learns to mislead what lies behind. Ganin and Lempitsky 2015.</summary>
/// <param name="lambda">The factor.</param>
public sealed class GradientReversal(double lambda = 1) : Elementwise("GradientScale", new(("scale", -lambda)));
