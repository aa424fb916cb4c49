using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>One tensor of a graph: name, element type, shape, and where it comes from.</summary>
public sealed class Value
{
    internal Value(string name, DType type, SymbolicShape shape, ValueKind kind)
    {
        Name = name;
        DType = type;
        Shape = shape;
        Kind = kind;
    }

    /// <summary>Unique in its graph; parameters carry PyTorch's names, such as <c>conv1.weight</c>.</summary>
    public string Name { get; internal set; }

    public DType DType { get; }

    public SymbolicShape Shape { get; }

    public ValueKind Kind { get; }

    /// <summary>The node that computes it, when <see cref="Kind"/> is Node.</summary>
    public Node? Producer { get; internal set; }

    /// <summary>The stored tensor, when <see cref="Kind"/> is Constant.</summary>
    public Tensor? Constant { get; internal init; }

    /// <summary>First element in the flat parameter or buffer vector, when <see cref="Kind"/> is Parameter or Buffer.</summary>
    public long Offset { get; internal set; } = -1;

    /// <summary>The content, where it is known before the run: small integer tensors of shape arithmetic.</summary>
    public IReadOnlyList<Dim>? KnownValue { get; internal init; }

    public override string ToString() => $"{Name}: {DType}{Shape}";
}
