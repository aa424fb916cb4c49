using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Weighted means over a window of all channels, as Torch7's spatial normalisations take them.</summary>
internal static class LocalWindow
{
    /// <summary>(N, 1, H, W): the window's sum of x by the kernel (rows x columns) scaled to sum 1 over all channels; zeros lie around the image.</summary>
    public static Value Sum(GraphBuilder g, Value x, float[,] kernel)
    {
        long channels = x.Shape[1].Factor;
        (int rows, int columns) = (kernel.GetLength(0), kernel.GetLength(1));
        double total = 0;
        foreach (float k in kernel)
        {
            total += k;
        }

        var weight = new float[channels * rows * columns];
        for (int i = 0; i < weight.Length; i++)
        {
            int tap = i % (rows * columns);
            weight[i] = (float)(kernel[tap / columns, tap % columns] / (total * channels));
        }

        long[] pads = [rows / 2, columns / 2, (rows - 1) / 2, (columns - 1) / 2];
        return g.Add("Conv", [x, g.Constant(Tensor.From<float>(new Shape(1, channels, rows, columns), weight))], new Attributes(("pads", pads)));
    }

    /// <summary>(1, 1, H, W): what <see cref="Sum"/> gives for ones; less than 1 at the border.</summary>
    public static Value Coverage(GraphBuilder g, Value x, float[,] kernel)
    {
        (long h, long w) = (x.Shape[2].Factor, x.Shape[3].Factor);
        (int rows, int columns) = (kernel.GetLength(0), kernel.GetLength(1));
        double total = 0;
        foreach (float k in kernel)
        {
            total += k;
        }

        var covered = new float[h * w];
        for (int i = 0; i < covered.Length; i++)
        {
            double sum = 0;
            for (int r = 0; r < rows; r++)
            {
                for (int c = 0; c < columns; c++)
                {
                    (long y, long z) = ((i / w) + r - (rows / 2), (i % w) + c - (columns / 2));
                    sum += y >= 0 && y < h && z >= 0 && z < w ? kernel[r, c] : 0;
                }
            }

            covered[i] = (float)(sum / total);
        }

        return g.Constant(Tensor.From<float>(new Shape(1, 1, h, w), covered));
    }

    /// <summary>Ones.</summary>
    public static float[,] Flat(int size)
    {
        var kernel = new float[size, size];
        for (int i = 0; i < size * size; i++)
        {
            kernel[i / size, i % size] = 1;
        }

        return kernel;
    }
}
