namespace YarnDL.Nn;

/// <summary>x limited to 0 .. 6.</summary>
public sealed class ReLU6() : Elementwise("HardTanh", new(("min", 0.0), ("max", 6.0)));
