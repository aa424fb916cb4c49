namespace YarnDL.Nn;

/// <summary>x limited to min .. max; outside the gradient is 0.</summary>
/// <param name="min">Least value.</param>
/// <param name="max">Largest value.</param>
public sealed class Hardtanh(double min = -1, double max = 1) : Elementwise("HardTanh", new(("min", min), ("max", max)));
