using YarnDL.Graphs;

namespace YarnDL.ModelFiles.Onnx;

/// <summary>Spells nodes of older operator sets as today's operators mean them.</summary>
internal static class OnnxAdapters
{
    /// <exception cref="ModelFileException">The old meaning has no spelling here.</exception>
    public static (string OpType, ReadOnlyMemory<Value?> Inputs, Attributes Attributes) Apply(GraphBuilder g, string opType, string domain, long opset,
        Value?[] inputs, Attributes attributes, int outputs, string place)
    {
        if (domain is not ("" or "ai.onnx"))
        {
            return (opType, inputs, attributes);
        }

        switch (opType)
        {
            case "Softmax" or "LogSoftmax" when opset < 13:
                // Before set 13 everything from the axis on was one axis.
                int rank = inputs.Length > 0 && inputs[0] is { } x ? x.Shape.Rank : 0;
                long axis = attributes.Has("axis") ? attributes.Int("axis") : 1;
                axis = axis < 0 ? axis + rank : axis;
                return axis == rank - 1 ? (opType, inputs, attributes.With("axis", axis))
                    : throw new ModelFileException($"{place} of operator set {opset} normalises over all axes from {axis} of {rank}; convert the model to operator set 13 or later");
            case "Squeeze" or "Unsqueeze" when attributes.Has("axes"):
                return (opType, (Value?[])[.. inputs, g.Constant(attributes.Ints("axes"))], Without(attributes, "axes"));
            case "Slice" when attributes.Has("starts"):
                Value?[] limits = [.. inputs, g.Constant(attributes.Ints("starts")), g.Constant(attributes.Ints("ends"))];
                return (opType, attributes.Has("axes") ? (Value?[])[.. limits, g.Constant(attributes.Ints("axes"))] : limits, Attributes.None);
            case "Dropout" when outputs == 1:
                // In inference it passes its input on; its ratio and training inputs do not matter.
                return ("Identity", inputs.AsMemory(0, Math.Min(1, inputs.Length)), Attributes.None);
            default:
                return (opType, inputs, attributes);
        }
    }

    private static Attributes Without(Attributes attributes, string name) => new([.. attributes.All.Where(p => p.Key != name).Select(p => (p.Key, p.Value))]);
}
