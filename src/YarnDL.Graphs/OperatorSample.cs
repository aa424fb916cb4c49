using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>A small case for the generated tests: input shapes (rows as N), attributes, and the range of the random inputs, away from kinks.</summary>
public sealed record OperatorSample(SymbolicShape?[] Inputs, Attributes Attributes, double Low = -1, double High = 1, int Outputs = 1)
{
    /// <summary>Constant int64 inputs by position, such as axes and shapes.</summary>
    public Dictionary<int, long[]> Integers { get; } = [];

    /// <summary>int64 inputs by position that a run gives: values are 0 .. bound-1, such as labels and indices.</summary>
    public Dictionary<int, long> Indices { get; } = [];

    /// <summary>Bool inputs by position that a run gives.</summary>
    public HashSet<int> Bools { get; } = [];

    /// <summary>Constant float32 inputs by position, such as scales and regions.</summary>
    public Dictionary<int, float[]> Numbers { get; } = [];

    /// <summary>Element types of inputs by position, where they are not float32, int64 or bool.</summary>
    public Dictionary<int, DType> Types { get; } = [];

    /// <summary>False where numeric gradients are meaningless for this sample.</summary>
    public bool CheckGradient { get; init; } = true;
}
