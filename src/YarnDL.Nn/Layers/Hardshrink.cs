namespace YarnDL.Nn;

/// <summary>x beyond ±bound, else 0.</summary>
/// <param name="bound">At least 0.</param>
public sealed class Hardshrink(double bound = 0.5) : Elementwise("Shrink", new(("lambd", bound)));
