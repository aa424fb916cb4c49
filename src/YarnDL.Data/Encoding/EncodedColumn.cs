using YarnDL.Tensors;

namespace YarnDL.Data.Encoding;

/// <summary>A column of encoded rows: a tensor of fixed shape per row, or raw bytes of varying length (Shape null) for features that run per epoch.</summary>
public sealed record EncodedColumn(string Name, DType DType, Shape? PerRow);
