namespace YarnDL.Nn;

/// <summary>x / (1 + |x|).</summary>
public sealed class Softsign() : Elementwise("Softsign");
