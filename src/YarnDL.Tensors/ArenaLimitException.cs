namespace YarnDL.Tensors;

/// <summary>An arena was asked for more memory than its limit allows.</summary>
public sealed class ArenaLimitException(string message) : Exception(message);
