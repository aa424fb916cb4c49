using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>One tensor of a graph: name, element type, shape, and where it comes from.</summary>
public sealed class Value
{
    /// <summary>Most elements of a value whose content is followed before the run.</summary>
    internal const int MostKnown = 64;

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

    /// <summary><see cref="KnownValue"/>, or the content of a small integer constant; else null.</summary>
    public IReadOnlyList<Dim>? Known => KnownValue ?? ConstantInts();

    /// <summary>Whether a computed value has a name of its own: that of a layer, an output or a file, not one made from its node's.</summary>
    public bool IsNamed => Producer is { } node && !Name.StartsWith(node.Name + "/out", StringComparison.Ordinal);

    public override string ToString() => $"{Name}: {DType}{Shape}";

    private Dim[]? ConstantInts()
    {
        if (Constant is not { } t || t.Shape.ElementCount > MostKnown)
        {
            return null;
        }

        return t.DType switch
        {
            DType.Int64 => Array.ConvertAll(t.Span<long>().ToArray(), x => new Dim(x)),
            DType.Int32 => Array.ConvertAll(t.Span<int>().ToArray(), x => new Dim(x)),
            _ => null,
        };
    }
}
