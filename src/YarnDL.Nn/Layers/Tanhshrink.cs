namespace YarnDL.Nn;

/// <summary>x - tanh(x).</summary>
public sealed class Tanhshrink() : Elementwise("TanhShrink");
