using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>An input of a model: name, element type and the shape of one row, without the row axis.</summary>
/// <param name="Count">An integer input takes the numbers 0 .. Count-1; null: not known.</param>
public sealed record InputSpec(string Name, DType DType, Shape PerRow, long? Count = null);
