namespace YarnDL.Data.Images;

/// <summary>
/// Which input samples make each output sample along one axis, and with which weights. Scale s = in / out; positions outside are clamped to the edge.
/// Nearest: floor(i s). Bilinear: x = (i + 0.5) s - 0.5. Bicubic: the same x, a = -0.75. Area: the exact box average where both axes shrink or stay; else a
/// bilinear with sx = floor(i s) and f = frac((i + 1) - (sx + 1) / s) where that is positive, else 0.
/// </summary>
internal sealed class Resampling
{
    private Resampling(int taps, int outputs)
    {
        Taps = taps;
        First = new int[outputs];
        Weights = new double[outputs * taps];
    }

    /// <summary>Weights per output sample.</summary>
    public int Taps { get; }

    /// <summary>Position of the first tap; may lie outside the input.</summary>
    public int[] First { get; }

    /// <summary>Taps weights per output sample.</summary>
    public double[] Weights { get; }

    /// <summary>The weights of one axis.</summary>
    /// <param name="bothShrink">True when neither axis grows.</param>
    public static Resampling Along(int input, int output, Interpolation how, bool bothShrink) => how switch
    {
        Interpolation.Nearest => Nearest(input, output),
        Interpolation.Bilinear => Bilinear(input, output),
        Interpolation.Bicubic => Bicubic(input, output),
        _ => bothShrink ? Box(input, output) : AreaGrowing(input, output),
    };

    private static Resampling Nearest(int input, int output)
    {
        var r = new Resampling(1, output);
        for (int i = 0; i < output; i++)
        {
            r.First[i] = (int)((long)i * input / output);
            r.Weights[i] = 1;
        }

        return r;
    }

    private static Resampling Bilinear(int input, int output)
    {
        var r = new Resampling(2, output);
        double s = (double)input / output;
        for (int i = 0; i < output; i++)
        {
            double x = ((i + 0.5) * s) - 0.5;
            double floor = Math.Floor(x);
            r.First[i] = (int)floor;
            r.Weights[2 * i] = 1 - (x - floor);
            r.Weights[(2 * i) + 1] = x - floor;
        }

        return r;
    }

    private static Resampling Bicubic(int input, int output)
    {
        const double a = -0.75;
        var r = new Resampling(4, output);
        double s = (double)input / output;
        for (int i = 0; i < output; i++)
        {
            double x = ((i + 0.5) * s) - 0.5;
            double floor = Math.Floor(x);
            double f = x - floor;
            r.First[i] = (int)floor - 1;
            var w = r.Weights.AsSpan(4 * i, 4);
            w[0] = ((((((a * (f + 1)) - (5 * a)) * (f + 1)) + (8 * a)) * (f + 1)) - (4 * a));
            w[1] = ((((a + 2) * f) - (a + 3)) * f * f) + 1;
            w[2] = ((((a + 2) * (1 - f)) - (a + 3)) * (1 - f) * (1 - f)) + 1;
            w[3] = 1 - w[0] - w[1] - w[2];
        }

        return r;
    }

    private static Resampling Box(int input, int output)
    {
        double s = (double)input / output;
        var r = new Resampling((int)Math.Ceiling(s) + 1, output);
        for (int i = 0; i < output; i++)
        {
            double from = i * s, to = Math.Min(input, (i + 1) * s);
            int first = (int)Math.Floor(from);
            r.First[i] = first;
            double sum = 0;
            for (int t = 0; t < r.Taps; t++)
            {
                double w = Math.Max(0, Math.Min(to, first + t + 1) - Math.Max(from, first + t));
                r.Weights[(i * r.Taps) + t] = w;
                sum += w;
            }

            for (int t = 0; t < r.Taps; t++)
            {
                r.Weights[(i * r.Taps) + t] /= sum;
            }
        }

        return r;
    }

    private static Resampling AreaGrowing(int input, int output)
    {
        var r = new Resampling(2, output);
        double s = (double)input / output;
        for (int i = 0; i < output; i++)
        {
            int sx = (int)((long)i * input / output);
            double f = i + 1 - ((sx + 1) / s);
            f = f <= 0 ? 0 : f - Math.Floor(f);
            r.First[i] = sx;
            r.Weights[2 * i] = 1 - f;
            r.Weights[(2 * i) + 1] = f;
        }

        return r;
    }
}
