using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>Type and shape of one output of a node. Value: the known content of a small integer output (for Shape -> Gather -> Reshape chains).</summary>
public sealed record ResultType(DType DType, SymbolicShape Shape, IReadOnlyList<Dim>? KnownValue = null);
