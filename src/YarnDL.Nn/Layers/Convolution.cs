using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>What the convolution layers share.</summary>
internal static class Convolution
{
    public static Initialiser Weight { get; } = Initialiser.KaimingUniform(Math.Sqrt(5));

    internal static readonly string[] Layouts = ["", "(N, C, L)", "(N, C, H, W)", "(N, C, D, H, W)"];

    /// <summary>Options of a convolution; extents are one per axis, first axis first.</summary>
    public sealed record Options(long? In, long Out, long[] Kernel, long[] Stride, long[] Padding, long[] Dilation, long Groups, bool Bias)
    {
        public Initialiser Weight { get; init; } = Convolution.Weight;

        public Initialiser? BiasInit { get; init; }

        public bool Same { get; init; }

        public string Mode { get; init; } = "zeros";
    }

    public static Value Append(ModuleScope scope, Value x, Options o)
    {
        int axes = o.Kernel.Length;
        if (x.Shape.Rank != axes + 2 || !x.Shape[1].IsFixed)
        {
            throw scope.Error($"input has shape {x.Shape}", $"a {axes}-D convolution takes {Layouts[axes]}{(axes == 2 ? "; one grey image per row is (N, 1, H, W)" : "")}");
        }

        long seen = x.Shape[1].Factor;
        if (o.Groups < 1 || o.Out % o.Groups != 0 || seen % o.Groups != 0)
        {
            throw scope.Error($"{seen} input and {o.Out} output channels in {o.Groups} groups", "both must be multiples of groups");
        }

        if (o.In is { } expected && expected != seen)
        {
            throw scope.Error($"input has {seen} channels, weight ({string.Join(", ", [o.Out, expected / o.Groups, .. o.Kernel])}) expects {expected}",
                seen == 3 && expected == 1 ? "add a Grayscale() feature or change inChannels" : $"set inChannels to {seen} or leave it out");
        }

        var shape = new Shape([o.Out, seen / o.Groups, .. o.Kernel]);
        Value weight = scope.Parameter("weight", shape, o.Weight);
        Value? b = o.Bias ? scope.Parameter("bias", new Shape(o.Out), o.BiasInit ?? Initialiser.FanInUniform(shape.CountFrom(1))) : null;
        long[] pads = [.. o.Padding, .. o.Padding];
        if (o.Mode != "zeros" && Array.Exists(pads, p => p != 0))
        {
            x = Around(scope, x, pads, o.Mode);
            pads = new long[2 * axes];
        }

        var attributes = new Attributes(("kernel_shape", o.Kernel), ("strides", o.Stride), ("dilations", o.Dilation), ("group", o.Groups));
        attributes = o.Same ? attributes.With("auto_pad", "SAME_UPPER") : attributes.With("pads", pads);
        return scope.G.Add("Conv", b is null ? [x, weight] : [x, weight, b], attributes);
    }

    /// <summary>The spatial axes of x with elements around them: zeros, reflect, replicate or circular.</summary>
    public static Value Around(ModuleScope scope, Value x, long[] pads, string mode, double value = 0)
    {
        GraphBuilder g = scope.G;
        var axes = new long[pads.Length / 2];
        for (int i = 0; i < axes.Length; i++)
        {
            axes[i] = x.Shape.Rank - axes.Length + i;
        }

        string how = mode switch
        {
            "zeros" => "constant",
            "reflect" => "reflect",
            "replicate" => "edge",
            "circular" => "wrap",
            _ => throw scope.Error($"padding mode {mode}", "it is zeros, reflect, replicate or circular"),
        };
        return g.Add("Pad", [x, g.Constant(pads), mode == "zeros" ? g.Constant((float)value) : null, g.Constant(axes)], new Attributes(("mode", how)));
    }
}
