namespace YarnDL.Graphs;

/// <summary>What a gradient rule sees: the forward node, the gradients of its outputs, and a builder to append nodes to.</summary>
public sealed class GradientContext(GraphBuilder builder, Node node, Value?[] outputGradients)
{
    public GraphBuilder G => builder;

    public Node Node => node;

    public Value Input(int i) => node.Inputs[i]!;

    public bool Has(int input) => input < node.Inputs.Count && node.Inputs[input] is not null;

    public Value Output(int i) => node.Outputs[i]!;

    public Attributes Attributes => node.Attributes;

    /// <summary>Gradient of output i; null when nothing flows back through it.</summary>
    public Value? OutputGradient(int i) => i < outputGradients.Length ? outputGradients[i] : null;

    /// <summary>Gradient of output 0.</summary>
    public Value Dy => outputGradients[0] ?? throw new GraphException($"[{node.Operator.Name}] {node.Name}: no gradient reaches the output");
}
