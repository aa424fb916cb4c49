using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>What the transposed convolution layers share.</summary>
internal static class TransposedConvolution
{
    public static Value Append(ModuleScope scope, Value x, Convolution.Options o, long[] outputPadding)
    {
        int axes = o.Kernel.Length;
        if (x.Shape.Rank != axes + 2 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", $"a {axes}-D transposed convolution takes {Convolution.Layouts[axes]}");
        }

        long seen = x.Shape[1].Factor;
        if (o.Groups < 1 || o.Out % o.Groups != 0 || seen % o.Groups != 0 || (o.In is { } expected && expected != seen))
        {
            throw scope.Error($"{seen} input and {o.Out} output channels in {o.Groups} groups, inChannels {o.In?.ToString() ?? "open"}",
                "both must be multiples of groups, and inChannels that of the input or left out");
        }

        var shape = new Shape([seen, o.Out / o.Groups, .. o.Kernel]);
        Value weight = scope.Parameter("weight", shape, o.Weight);
        Value? b = o.Bias ? scope.Parameter("bias", new Shape(o.Out), o.BiasInit ?? Initialiser.FanInUniform(shape.CountFrom(1))) : null;
        return scope.G.Add("ConvTranspose", b is null ? [x, weight] : [x, weight, b], new Attributes(("kernel_shape", o.Kernel), ("strides", o.Stride),
            ("pads", (long[])[.. o.Padding, .. o.Padding]), ("output_padding", outputPadding), ("dilations", o.Dilation), ("group", o.Groups)));
    }
}
