using Google.Protobuf;
using YarnDL.Graphs;
using YarnDL.ModelFiles.Onnx.Wire;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>
/// Reads ONNX (operator sets 6 to 26) into a graph. Initialisers that a float operator trains become parameters (by their names), others constants.
/// The open first axis of the inputs becomes the row axis N.
/// </summary>
public static class OnnxReader
{
    /// <summary>Most nodes, and most initialisers, that are read.</summary>
    public const int MaxNodes = 1 << 18;

    private const int MaxNesting = 64;

    /// <exception cref="ModelFileException">The file is malformed, too large, or uses what we lack (named).</exception>
    public static (Graph Graph, Tensor Parameters, Tensor Buffers) Read(Stream source, string fileName)
    {
        ModelProto model = Parse(source, fileName);
        string place = $"[onnx] {fileName}:";
        if (model.IrVersion is < 3 or > 1000 || model.Graph is null)
        {
            throw new ModelFileException($"{place} it has IR version {model.IrVersion} and {(model.Graph is null ? "no" : "a")} graph; it must have both: this is no ONNX model");
        }

        long opset = OperatorSet(model, place);
        GraphProto g = model.Graph;
        if (g.SparseInitializer.Count > 0)
        {
            throw new ModelFileException($"{place} it has sparse initialisers; they are not read: convert them to dense ones");
        }

        if (g.Node.Count > MaxNodes || g.Initializer.Count > MaxNodes)
        {
            throw new ModelFileException($"{place} it has {g.Node.Count} nodes and {g.Initializer.Count} initialisers; at most {MaxNodes} of each are read");
        }

        return new OnnxGraphReader(model, opset, place).Read();
    }

    private static ModelProto Parse(Stream source, string fileName)
    {
        if (source.CanSeek && source.Length - source.Position > int.MaxValue)
        {
            throw new ModelFileException($"[onnx] {fileName}: it has {source.Length - source.Position} bytes; an ONNX file has at most {int.MaxValue}");
        }

        try
        {
            var all = new MemoryStream();
            source.CopyTo(all);
            using var input = CodedInputStream.CreateWithLimits(new MemoryStream(all.GetBuffer(), 0, checked((int)all.Length)), int.MaxValue, MaxNesting);
            return ModelProto.Parser.ParseFrom(input);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or IOException or OverflowException or ArgumentException)
        {
            throw new ModelFileException($"[onnx] {fileName}: it is not a sound ONNX file ({e.Message}); it is cut off, damaged, nested too deep or of another format", e);
        }
    }

    private static long OperatorSet(ModelProto model, string place)
    {
        long? version = null;
        foreach (OperatorSetIdProto set in model.OpsetImport)
        {
            if (set.Domain is "" or "ai.onnx")
            {
                version = version is null || version == set.Version ? set.Version : throw new ModelFileException($"{place} it imports operator set {version} and {set.Version}; it must be one");
            }
        }

        return version switch
        {
            null => model.OpsetImport.Count > 0 ? 17 : throw new ModelFileException($"{place} it imports no operator set; it must name its version"),
            < 6 or > 26 => throw new ModelFileException($"{place} it uses operator set {version}; supported are 6 to 26: convert the model"),
            { } v => v,
        };
    }
}
