namespace YarnDL.Nn;

/// <summary>x sigmoid(x).</summary>
public sealed class SiLU() : Elementwise("Swish");
