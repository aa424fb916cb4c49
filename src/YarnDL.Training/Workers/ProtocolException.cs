namespace YarnDL.Training.Workers;

/// <summary>Bytes that are not the worker protocol: wrong magic, version, length, order, or echo.</summary>
public sealed class ProtocolException(string message, Exception? inner = null) : IOException(message, inner);
