using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Reads ONNX into a graph. Initialisers that a float operator trains become parameters (by their names), others constants.</summary>
public static class OnnxReader
{
    /// <exception cref="ModelFileException">The file is malformed, too large, or uses what we lack (named).</exception>
    public static (Graph Graph, Tensor Parameters, Tensor Buffers) Read(Stream source, string fileName) => throw new NotImplementedException();
}
