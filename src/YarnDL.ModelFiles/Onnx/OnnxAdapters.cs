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

        if (opset < 7 && attributes.Has("broadcast"))
        {
            (inputs, attributes) = Broadcast(g, inputs, attributes, place);
        }

        switch (opType)
        {
            case "Max" or "Min" when inputs.Length == 1:
                return ("Identity", inputs, attributes);
            case "Max" or "Min":
                // Any number of inputs there, two here.
                Value? folded = inputs.Length > 0 ? inputs[0] : null;
                for (int i = 1; i < inputs.Length - 1; i++)
                {
                    folded = g.Add(opType, [folded, inputs[i]]);
                }

                return (opType, (Value?[])[folded, inputs.Length > 1 ? inputs[^1] : null], attributes);
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
            case "Dropout" when attributes.Has("ratio"):
                return (opType, (Value?[])[inputs.Length > 0 ? inputs[0] : null, g.Constant(attributes.Float("ratio"))], Attributes.None);
            default:
                return (opType, inputs, attributes);
        }
    }

    /// <summary>Before operator set 7 the second input was aligned at an axis that an attribute named.</summary>
    private static (Value?[] Inputs, Attributes Attributes) Broadcast(GraphBuilder g, Value?[] inputs, Attributes attributes, string place)
    {
        Attributes rest = Without(Without(attributes, "broadcast"), "axis");
        if (!attributes.Has("axis") || inputs.Length != 2 || inputs[0] is not { } a || inputs[1] is not { } b)
        {
            return (inputs, rest);
        }

        long axis = attributes.Int("axis") < 0 ? attributes.Int("axis") + a.Shape.Rank : attributes.Int("axis");
        long behind = a.Shape.Rank - axis - b.Shape.Rank;
        if (axis < 0 || behind < 0)
        {
            throw new ModelFileException($"{place} aligns {b.Shape} at axis {axis} of {a.Shape}; it must lie within");
        }

        var axes = new long[behind];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = b.Shape.Rank + i;
        }

        return behind == 0 ? (inputs, rest) : ([a, g.Add("Unsqueeze", b, g.Constant(axes))], rest);
    }

    private static Attributes Without(Attributes attributes, string name) => new([.. attributes.All.Where(p => p.Key != name).Select(p => (p.Key, p.Value))]);
}
