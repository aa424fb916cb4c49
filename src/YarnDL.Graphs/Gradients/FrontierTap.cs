namespace YarnDL.Graphs.Gradients;

/// <summary>One place where a value that depends on no row is read by a node that does.</summary>
/// <param name="Source">The value before rows: a parameter, or computed from parameters.</param>
/// <param name="Value">What the node reads in the graph with taps: the source itself where this is its only use.</param>
/// <param name="Consumer">The node in the original graph.</param>
/// <param name="Input">Which of its inputs.</param>
/// <param name="Output">The node's first output in the graph with taps.</param>
public sealed record FrontierTap(Value Source, Value Value, Node Consumer, int Input, Value Output)
{
    /// <summary>True when the gradient of the tap is the whole gradient of a parameter.</summary>
    public bool IsDirect => ReferenceEquals(Source, Value);
}
