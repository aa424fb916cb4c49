using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// Caffe's filler for transposed convolutions that enlarge: in every plane (1 - |x / f - c|) (1 - |y / f - c|) with f = ceil(k / 2) and
/// c = (2 f - 1 - f mod 2) / (2 f) for the kernel's width k.
/// </summary>
internal sealed class BilinearInitialiser : Initialiser
{
    public override void Fill(Span<float> values, Shape shape, ulong seed, int ordinal)
    {
        if (shape.Rank != 4)
        {
            throw new SpecException($"[initialiser] bilinear fills kernels of images, the parameter is {shape}; choose another initialiser", "type");
        }

        long width = shape[3];
        long f = (width + 1) / 2;
        double c = ((2 * f) - 1 - (f % 2)) / (2.0 * f);
        for (int i = 0; i < values.Length; i++)
        {
            double x = i % width;
            double y = i / width % shape[2];
            values[i] = (float)((1 - Math.Abs((x / f) - c)) * (1 - Math.Abs((y / f) - c)));
        }
    }
}
