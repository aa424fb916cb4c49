namespace YarnDL.Nn;

/// <summary>scale x above 0, else scale alpha (e^x - 1), with scale 1.0507 and alpha 1.6733. Klambauer et al. 2017.</summary>
public sealed class SELU() : Elementwise("Selu");
