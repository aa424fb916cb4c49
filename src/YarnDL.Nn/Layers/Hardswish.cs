namespace YarnDL.Nn;

/// <summary>x hardsigmoid(x). Howard et al. 2019.</summary>
public sealed class Hardswish() : Elementwise("HardSwish");
