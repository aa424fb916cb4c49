namespace YarnDL.Nn;

/// <summary>x above 0, else alpha (e^x - 1). Clevert et al. 2015.</summary>
/// <param name="alpha">The limit below is -alpha.</param>
public sealed class ELU(double alpha = 1) : Elementwise("Elu", new(("alpha", alpha)));
