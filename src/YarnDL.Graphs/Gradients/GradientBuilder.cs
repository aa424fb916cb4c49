namespace YarnDL.Graphs.Gradients;

/// <summary>Reverse-mode differentiation, graph to graph.</summary>
public static class GradientBuilder
{
    /// <summary>Appends nodes that compute d(seed · root)/d(wrt), entry by entry; null where root does not depend on the value.</summary>
    /// <param name="builder">Holds the forward nodes; gradient nodes are appended.</param>
    /// <param name="root">The value to differentiate, such as the loss numerator.</param>
    /// <param name="seed">Gradient of the root, same shape; for a loss the reciprocal of its denominator.</param>
    /// <param name="wrt">Parameters, inputs or inner values.</param>
    /// <exception cref="GraphException">An operator on the way is forward only.</exception>
    public static Value?[] Append(GraphBuilder builder, Value root, Value seed, IReadOnlyList<Value> wrt) => throw new NotImplementedException();
}
