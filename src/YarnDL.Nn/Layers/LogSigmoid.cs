namespace YarnDL.Nn;

/// <summary>-ln(1 + e^-x).</summary>
public sealed class LogSigmoid() : Elementwise("LogSigmoid");
