using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>What an operator sees while its result types are inferred.</summary>
public sealed class InferContext(string nodeName, Operator op, IReadOnlyList<Value?> inputs, Attributes attributes, int outputs)
{
    public string NodeName => nodeName;

    public Attributes Attributes => attributes;

    /// <summary>Number of outputs the node asks for.</summary>
    public int Outputs => outputs;

    public int InputCount => inputs.Count;

    public bool Has(int input) => input < inputs.Count && inputs[input] is not null;

    public Value Input(int i) => i < inputs.Count && inputs[i] is { } v ? v : throw Error($"input {i} is missing", "give it");

    public SymbolicShape Shape(int i) => Input(i).Shape;

    public DType DType(int i) => Input(i).DType;

    /// <summary>The content of a small integer input, where it is known before the run (constants and shape arithmetic); else null.</summary>
    public IReadOnlyList<Dim>? KnownValue(int i) => Input(i) is { } v ? v.KnownValue ?? ConstantInts(v) : null;

    /// <summary>An error in the common form: operator and node, what was seen, what must hold or be done.</summary>
    public GraphException Error(string seen, string remedy) => new($"[{op.Name}] {nodeName}: {seen}; {remedy}");

    private static Dim[]? ConstantInts(Value v) => v.Constant is { } t && t.DType is Tensors.DType.Int64 or Tensors.DType.Int32
        ? v.Constant!.DType == Tensors.DType.Int64
            ? Array.ConvertAll(v.Constant.Span<long>().ToArray(), x => new Dim(x))
            : Array.ConvertAll(v.Constant.Span<int>().ToArray(), x => new Dim(x))
        : null;
}
