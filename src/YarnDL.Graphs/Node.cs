namespace YarnDL.Graphs;

/// <summary>One application of an operator. A missing optional input or output is null.</summary>
public sealed class Node
{
    internal Node(string name, Operator op, Value?[] inputs, Attributes attributes)
    {
        Name = name;
        Operator = op;
        Inputs = inputs;
        Attributes = attributes;
    }

    public string Name { get; }

    public Operator Operator { get; }

    public IReadOnlyList<Value?> Inputs { get; internal set; }

    public IReadOnlyList<Value?> Outputs { get; internal set; } = [];

    /// <summary>Complete: defaults are filled in when the node is added.</summary>
    public Attributes Attributes { get; }

    public override string ToString() => $"{Operator.Name} {Name}";
}
