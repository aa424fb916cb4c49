namespace YarnDL.Nn;

/// <summary>x Φ(x) with the normal distribution function Φ, or by the hyperbolic tangent. Hendrycks and Gimpel 2016.</summary>
/// <param name="tanh">x / 2 (1 + tanh(sqrt(2 / π) (x + 0.044715 x³))).</param>
public sealed class GELU(bool tanh = false) : Elementwise("Gelu", new(("approximate", tanh ? "tanh" : "none")));
