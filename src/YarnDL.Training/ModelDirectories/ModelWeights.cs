using YarnDL.Graphs;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.ModelDirectories;

/// <summary>Copies named tensors into a model's flat vectors.</summary>
internal static class ModelWeights
{
    /// <summary>Fills every parameter and buffer by name.</summary>
    /// <exception cref="ModelFileException">One is missing or has another shape.</exception>
    public static void Fill(Model model, IReadOnlyDictionary<string, Tensor> tensors, string file)
    {
        foreach (Value v in model.Graph.Parameters.Concat(model.Graph.Buffers))
        {
            Copy(tensors, v.Name, v.Shape.At(1), model.Weights(v.Name), file);
        }
    }

    public static void Copy(IReadOnlyDictionary<string, Tensor> tensors, string name, Shape shape, Span<float> into, string file)
    {
        if (!tensors.TryGetValue(name, out Tensor? t))
        {
            throw new ModelFileException($"[model] {file} has no tensor {name}; it has {string.Join(", ", tensors.Keys.Order(StringComparer.Ordinal).Take(8))}; the model must have the same parameters");
        }

        if (t.DType != DType.Float32 || t.Shape != shape)
        {
            throw new ModelFileException($"[model] {file}: {name} is {t.DType}{t.Shape}, the model needs Float32{shape}; the model must have the same parameters");
        }

        t.Span<float>().CopyTo(into);
    }
}
