using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// (N, C, ..) with other spatial extents: by <c>scale</c> or to <c>size</c>, one number for all axes or one each; nearest, linear, cubic or area, as
/// PyTorch's interpolate.
/// </summary>
/// <param name="scale">Times the extents; null: see size.</param>
/// <param name="size">The new extents; null: see scale.</param>
/// <param name="mode">nearest, linear, cubic or area.</param>
/// <param name="alignCorners">The corners of input and output are the same points.</param>
public sealed class Upsample(IReadOnlyList<double>? scale = null, IReadOnlyList<long>? size = null, string mode = "nearest", bool alignCorners = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        int axes = x.Shape.Rank - 2;
        if (axes < 1 || (scale is null) == (size is null) || mode is not ("nearest" or "linear" or "cubic" or "area") || (scale?.Count ?? size!.Count) is var given && given != 1 && given != axes)
        {
            throw scope.Error($"input has shape {x.Shape}, mode is {mode}", "it takes (N, C, ..) and scale or size, one number or one per spatial axis; modes are nearest, linear, cubic and area");
        }

        GraphBuilder g = scope.G;
        if (mode == "area")
        {
            return g.Add("AdaptiveAveragePool", x, ("output_size", Extents(x, axes)[2..]));
        }

        var how = new Attributes(("mode", mode), ("nearest_mode", "floor"),
            ("coordinate_transformation_mode", alignCorners ? "align_corners" : mode == "nearest" ? "asymmetric" : "half_pixel"));
        if (size is not null)
        {
            return g.Add("Resize", [x, null, null, g.Constant(Extents(x, axes))], how);
        }

        float[] factors = [1, 1, .. Enumerable.Range(0, axes).Select(i => (float)scale![scale.Count == 1 ? 0 : i])];
        return g.Add("Resize", [x, null, g.Constant(Tensor.From<float>(new Shape(factors.Length), factors)), null], how);
    }

    private long[] Extents(Value x, int axes)
    {
        var extents = new long[axes + 2];
        (extents[0], extents[1]) = (x.Shape[0].Factor, x.Shape[1].Factor);
        for (int i = 0; i < axes; i++)
        {
            extents[i + 2] = size is not null ? size[size.Count == 1 ? 0 : i] : (long)Math.Floor(x.Shape[i + 2].Factor * scale![scale.Count == 1 ? 0 : i]);
        }

        return extents;
    }
}
