using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What the pooling layers share.</summary>
internal static class Pooling
{
    public static Value Append(ModuleScope scope, string op, Value x, long[] kernel, long[] stride, long[] padding, bool ceiling, params ReadOnlySpan<(string Name, object Value)> more)
    {
        Check(scope, x, kernel.Length);
        for (int i = 0; i < kernel.Length; i++)
        {
            if (2 * padding[i] > kernel[i])
            {
                throw scope.Error($"padding {string.Join(" x ", padding)} of a {string.Join(" x ", kernel)} window", "padding is at most half of the window");
            }
        }

        var attributes = new Attributes([("kernel_shape", kernel), ("strides", stride), ("pads", (long[])[.. padding, .. padding]), .. more]);
        return scope.G.Add(op, [x], ceiling ? attributes.With("ceil_mode", 1L) : attributes);
    }

    public static void Check(ModuleScope scope, Value x, int axes)
    {
        if (x.Shape.Rank != axes + 2)
        {
            throw scope.Error($"input has shape {x.Shape}", $"{axes}-D pooling takes {Convolution.Layouts[axes]}");
        }
    }
}
