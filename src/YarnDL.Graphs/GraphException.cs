namespace YarnDL.Graphs;

/// <summary>A graph that cannot be: the message names the operator, what was seen, what must hold and the next step.</summary>
public sealed class GraphException(string message, Exception? inner = null) : Exception(message, inner);
