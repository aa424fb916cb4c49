using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Safetensors;

/// <summary>safetensors: named tensors, little endian. Keys are written in ordinal order, so equal tensors give equal bytes.</summary>
public static class SafetensorsFile
{
    public static void Write(Stream destination, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) => throw new NotImplementedException();

    /// <exception cref="ModelFileException">A length, offset, type or key is not sound; nothing is allocated before it is checked.</exception>
    public static IReadOnlyDictionary<string, Tensor> Read(Stream source, string fileName) => throw new NotImplementedException();
}
