namespace YarnDL.Nn;

/// <summary>x - bound above bound, x + bound below -bound, else 0.</summary>
/// <param name="bound">At least 0.</param>
public sealed class Softshrink(double bound = 0.5) : Elementwise("Shrink", new(("lambd", bound), ("bias", bound)));
