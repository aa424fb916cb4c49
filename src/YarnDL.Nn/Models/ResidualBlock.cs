using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Convolutions with batch normalisation, their result added to the input: (N, C, H, W) to (N, filters of the last, H / stride, W / stride).
/// Where the shapes differ the input passes a 1 x 1 convolution with batch normalisation (<c>downsample</c>), or with <paramref name="padded"/> is thinned
/// and padded with channels of zeros, which has no parameters.
/// </summary>
/// <param name="convs">Filters, kernel and stride of each convolution.</param>
/// <param name="stride">The product of the strides.</param>
/// <param name="weight">First weights of the convolutions.</param>
/// <param name="padded">Shortcuts without parameters.</param>
internal sealed class ResidualBlock(IReadOnlyList<(long Filters, int Kernel, int Stride)> convs, int stride, Initialiser weight, bool padded = false) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        Value y = x;
        for (int i = 0; i < convs.Count; i++)
        {
            (long filters, int kernel, int step) = convs[i];
            string number = (i + 1).ToString(CultureInfo.InvariantCulture);
            y = scope.Call("conv" + number, new Conv2d(null, filters, kernel, step, kernel / 2, bias: false) { Weight = weight }, y);
            y = scope.Call("bn" + number, new BatchNorm(), y);
            y = i + 1 < convs.Count ? scope.G.Add("Relu", y) : y;
        }

        long channels = y.Shape[1].Factor;
        Value shortcut = stride == 1 && x.Shape[1].Factor == channels ? x : padded ? Thinned(scope.G, x, channels)
            : scope.Call("downsample.1", new BatchNorm(), scope.Call("downsample.0", new Conv2d(null, channels, 1, stride, bias: false) { Weight = weight }, x));
        return scope.G.Add("Relu", scope.G.Add("Add", y, shortcut));
    }

    private Value Thinned(GraphBuilder g, Value x, long channels)
    {
        long more = channels - x.Shape[1].Factor;
        x = stride == 1 ? x : g.Add("Slice", [x, g.Constant([0L, 0L]), g.Constant([long.MaxValue, long.MaxValue]), g.Constant([2L, 3L]), g.Constant([stride, stride])]);
        return g.Add("Pad", [x, g.Constant([more / 2, more - (more / 2)]), null, g.Constant([1L])]);
    }
}
