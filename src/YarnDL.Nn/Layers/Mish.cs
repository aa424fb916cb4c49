namespace YarnDL.Nn;

/// <summary>x tanh(ln(1 + e^x)). Misra 2019.</summary>
public sealed class Mish() : Elementwise("Mish");
