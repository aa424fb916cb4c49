namespace YarnDL.Nn;

/// <summary>slope x + offset limited to 0 .. 1. Keras 1 and 2 have the slope 0.2.</summary>
/// <param name="slope">1/6 as in PyTorch.</param>
/// <param name="offset">The value at 0.</param>
public sealed class Hardsigmoid(double slope = 1.0 / 6, double offset = 0.5) : Elementwise("HardSigmoid", new(("alpha", slope), ("beta", offset)));
