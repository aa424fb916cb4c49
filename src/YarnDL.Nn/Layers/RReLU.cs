namespace YarnDL.Nn;

/// <summary>x above 0, else a slope times x: drawn uniformly for each element in training, the middle of the bounds in evaluation. Xu et al. 2015.</summary>
/// <param name="lower">Least slope.</param>
/// <param name="upper">Largest slope.</param>
public sealed class RReLU(double lower = 0.125, double upper = 1.0 / 3) : Elementwise("RRelu", new(("lower", lower), ("upper", upper)));
