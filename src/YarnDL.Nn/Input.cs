using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Functional style: inputs of a model.</summary>
public static class Input
{
    /// <summary>A float32 input; <paramref name="perRow"/> is the shape of one row, without the row axis.</summary>
    public static Symbol Of(string name, params ReadOnlySpan<long> perRow) => new(new InputSpec(name, DType.Float32, new Shape(perRow)));

    /// <summary>An input of any element type.</summary>
    public static Symbol Of(string name, DType type, Shape perRow) => new(new InputSpec(name, type, perRow));
}
