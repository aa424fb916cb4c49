using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>An input of a model: name, element type and the shape of one row, without the row axis.</summary>
public sealed record InputSpec(string Name, DType DType, Shape PerRow);
