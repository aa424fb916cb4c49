using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What the pooling layers share.</summary>
internal static class Pooling
{
    public static Value Append(ModuleScope scope, string op, Value x, Size2 kernel, Size2 stride, Size2 padding, bool ceiling, bool? countPadding)
    {
        if (x.Shape.Rank != 4)
        {
            throw scope.Error($"input has shape {x.Shape}", "2-D pooling takes (N, C, H, W)");
        }

        if (2 * padding.Height > kernel.Height || 2 * padding.Width > kernel.Width)
        {
            throw scope.Error($"padding {padding.Height} x {padding.Width} of a {kernel.Height} x {kernel.Width} window", "padding is at most half of the window");
        }

        var attributes = new Attributes(("kernel_shape", kernel.ToArray()), ("strides", stride.ToArray()), ("pads", padding.ToPads()));
        attributes = ceiling ? attributes.With("ceil_mode", 1L) : attributes;
        attributes = countPadding is { } count ? attributes.With("count_include_pad", count ? 1L : 0L) : attributes;
        return scope.G.Add(op, [x], attributes);
    }
}
