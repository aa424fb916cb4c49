using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>What a Constant node holds.</summary>
internal static class OnnxConstants
{
    public static Tensor Read(Attributes attributes, string place)
    {
        (string key, object value) = attributes.All.Count() == 1 ? attributes.All.First()
            : throw new ModelFileException($"{place} has {attributes.All.Count()} attributes; a constant has one value");
        return (key, value) switch
        {
            ("value", Tensor t) => t,
            ("value_float", float f) => Tensor.Scalar(f),
            ("value_int", long i) => Tensor.Scalar(i),
            ("value_floats", float[] f) => Tensor.From<float>(new Shape(f.Length), f),
            ("value_ints", long[] i) => Tensor.From<long>(new Shape(i.Length), i),
            _ => throw new ModelFileException($"{place} holds {key}; tensors, floats and ints are read"),
        };
    }
}
