using YarnDL.Graphs;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Writes a graph as ONNX.</summary>
public static class OnnxWriter
{
    /// <param name="graph">The graph.</param>
    /// <param name="parameters">Weights to embed as initialisers, or empty: then parameters keep name and shape only (training graphs travel so).</param>
    /// <param name="buffers">Buffers to embed, or empty.</param>
    /// <param name="destination">Receives the bytes.</param>
    /// <param name="options">Export for others (yarndl operators decomposed or refused by name) or for ourselves.</param>
    public static void Write(Graph graph, ReadOnlySpan<float> parameters, ReadOnlySpan<float> buffers, Stream destination, OnnxWriteOptions options) => throw new NotImplementedException();
}
