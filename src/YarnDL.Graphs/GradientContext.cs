namespace YarnDL.Graphs;

/// <summary>What a gradient rule sees: the forward node, the gradients of its outputs, and a builder to append nodes to.</summary>
public sealed class GradientContext
{
    private readonly Value?[] _outputGradients;
    private readonly HashSet<Value> _varying;

    internal GradientContext(GraphBuilder builder, Node node, Value?[] outputGradients, HashSet<Value> varying)
    {
        G = builder;
        Node = node;
        _outputGradients = outputGradients;
        _varying = varying;
    }

    public GraphBuilder G { get; }

    public Node Node { get; }

    public Attributes Attributes => Node.Attributes;

    public Value Input(int i) => Node.Inputs[i]!;

    public bool Has(int input) => input < Node.Inputs.Count && Node.Inputs[input] is not null;

    /// <summary>True when somebody asks for the gradient of that input; a rule may leave out what is not needed.</summary>
    public bool Needs(int input) => Has(input) && _varying.Contains(Input(input)) && !Node.Operator.IsConstantInput(input);

    public Value Output(int i) => Node.Outputs[i]!;

    /// <summary>True when the node keeps its output i, such as a saved value.</summary>
    public bool HasOutput(int i) => i < Node.Outputs.Count && Node.Outputs[i] is not null;

    /// <summary>Gradient of output i; null when nothing flows back through it.</summary>
    public Value? OutputGradient(int i) => i < _outputGradients.Length ? _outputGradients[i] : null;

    /// <summary>Gradient of output 0.</summary>
    public Value Dy => _outputGradients[0] ?? throw new GraphException($"[{Node.Operator.Name}] {Node.Name}: no gradient reaches the output");

    /// <summary>
    /// The gradient of a value that was broadcast: <paramref name="gradient"/> summed over the axes that <paramref name="like"/> lacks or
    /// holds once. Where rows vanish it is a sum over rows, taken segment by segment.
    /// </summary>
    public Value SumTo(Value gradient, Value like) => Gradients.Sums.To(G, gradient, like.Shape);
}
