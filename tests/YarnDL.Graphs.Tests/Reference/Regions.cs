namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Sampling grids and regions of interest; a gradient is the sum of what each sample took, by the same weights.</summary>
internal static class Regions
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["GridSample"] = (n, x, s) => [Operators.Fill(s[0], i => Grid(n, x[0]!, x[1]!, i).Sum(t => t.Weight * x[0]![t.At]))],
        ["GridSampleGrad"] = (n, x, s) =>
        {
            Array64 dx = Array64.Zeros(s[0]);
            Array64 dgrid = Array64.Zeros(s[1]);
            foreach (long[] i in x[0]!.Indices())
            {
                foreach ((long[] at, double weight, double slopeX, double slopeY) in Grid(n, x[1]!, x[2]!, i))
                {
                    dx[at] += weight * x[0]![i];
                    dgrid[i[0], i[2], i[3], 0] += slopeX * x[1]![at] * x[0]![i];
                    dgrid[i[0], i[2], i[3], 1] += slopeY * x[1]![at] * x[0]![i];
                }
            }

            return [dx, dgrid];
        },
        ["RoiAlign"] = (n, x, s) => [Operators.Fill(s[0], i => Align(n, x[0]!.Shape, x[1]!, x[2]!, s[0], i).Sum(t => t.Weight * x[0]![t.At]))],
        ["RoiAlignGrad"] = (n, x, s) =>
        {
            Array64 dx = Array64.Zeros(s[0]);
            foreach (long[] i in x[0]!.Indices())
            {
                foreach ((long[] at, double weight) in Align(n, s[0], x[2]!, x[3]!, x[0]!.Shape, i))
                {
                    dx[at] += weight * x[0]![i];
                }
            }

            return [dx];
        },
        ["MaxRoiPool"] = (n, x, s) => [Operators.Fill(s[0], i => Most(Bin(n, x[0]!.Shape, x[1]!, s[0], i).Select(at => x[0]![at]).DefaultIfEmpty(0)))],
        ["MaxRoiPoolGrad"] = (n, x, s) =>
        {
            Array64 dx = Array64.Zeros(s[0]);
            foreach (long[] i in x[0]!.Indices())
            {
                long[]? best = Bin(n, s[0], x[2]!, x[0]!.Shape, i).ToArray() is { Length: > 0 } bin ? bin.First(at => x[1]![at].Equals(Most(bin.Select(b => x[1]![b])))) : null;
                if (best is not null)
                {
                    dx[best] += x[0]![i];
                }
            }

            return [dx];
        },
        ["QuantizeLinear"] = (n, x, s) => [Operators.Fill(s[0], i => Quantised(x[0]![i], (float)Along(n, x[1]!, i), x.Length > 2 ? Along(n, x[2]!, i) : 0, n.Outputs[0]!.DType == Tensors.DType.Int8 ? -128 : 0))],
        ["DequantizeLinear"] = (n, x, s) => [Operators.Fill(s[0], i => (x[0]![i] - (x.Length > 2 ? Along(n, x[2]!, i) : 0)) * Along(n, x[1]!, i))],
        ["DynamicQuantizeLinear"] = (n, x, s) =>
        {
            float least = Math.Min(0f, (float)-Most(x[0]!.Data.Select(v => -v).DefaultIfEmpty(0)));
            float range = (Math.Max(0f, (float)Most(x[0]!.Data.DefaultIfEmpty(0))) - least) / 255f;
            float scale = range > 0 ? range : 1;
            double point = Quantised(-least, scale, 0, 0);
            return [Operators.Fill(s[0], i => Quantised(x[0]![i], scale, point, 0)), new(s[1], [scale]), new(s[2], [point])];
        },
        ["MatMulInteger"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            double sum = 0;
            for (long k = 0; k < x[1]!.Shape[0]; k++)
            {
                sum += x[0]![[.. i[..^1], k]] * x[1]![k, i[^1]];
            }

            return sum;
        })],
    };

    /// <summary>The largest; NaN when one is.</summary>
    public static double Most(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Any(double.IsNaN) ? double.NaN : all.Max();
    }

    private static double Quantised(double x, float scale, double point, int least)
    {
        double whole = Math.Round((float)x / scale, MidpointRounding.ToEven) + point;
        return double.IsNaN(whole) ? 0 : Math.Clamp(whole, least, least + 255);
    }

    private static double Along(Node n, Array64 v, long[] i) => v.Data.Length == 1 ? v.Data[0] : v.Data[i[(int)n.Attributes.Int("axis")]];

    private static IEnumerable<(long[] At, double Weight, double SlopeX, double SlopeY)> Grid(Node n, Array64 image, Array64 grid, long[] i)
    {
        foreach ((long v, double wy, double sy) in Taps(n, grid[i[0], i[2], i[3], 1], image.Shape[2]))
        {
            foreach ((long h, double wx, double sx) in Taps(n, grid[i[0], i[2], i[3], 0], image.Shape[3]))
            {
                if (v >= 0 && h >= 0 && v < image.Shape[2] && h < image.Shape[3])
                {
                    yield return ([i[0], i[1], v, h], wy * wx, wy * sx, sy * wx);
                }
            }
        }
    }

    private static IEnumerable<(long At, double Weight, double Slope)> Taps(Node n, double g, long extent)
    {
        bool corners = n.Attributes.Int("align_corners") != 0;
        string padding = n.Attributes.String("padding_mode");
        double rate = (corners ? extent - 1 : extent) / 2.0;
        double place = corners ? (g + 1) * rate : ((g + 1) * rate) - 0.5;
        (double Place, double Slope) Bound(double p)
        {
            double slope = 1;
            if (padding == "reflection")
            {
                (double low, double high) = corners ? (0, extent - 1.0) : (-0.5, extent - 0.5);
                while (high > low && double.IsFinite(p) && (p < low || p > high))
                {
                    p = p < low ? (2 * low) - p : (2 * high) - p;
                    slope = -slope;
                }
            }

            bool cut = padding != "zeros" && (p <= 0 || p >= extent - 1);
            return cut ? (Math.Clamp(p, 0, extent - 1), 0) : (p, slope);
        }

        bool cubic = n.Attributes.String("mode") == "cubic";
        if (double.IsNaN(place) || (double.IsInfinity(place) && (cubic || padding != "border")))
        {
            return [];
        }

        if (!cubic)
        {
            (place, double slope) = Bound(place);
            if (n.Attributes.String("mode") == "nearest")
            {
                return [((long)Math.Round(place, MidpointRounding.ToEven), 1, 0)];
            }

            double floor = Math.Floor(place);
            return [((long)floor, 1 - (place - floor), -slope * rate), ((long)floor + 1, place - floor, slope * rate)];
        }

        double first = Math.Floor(place) - 1;
        return Enumerable.Range(0, 4).Select(k =>
        {
            double d = place - (first + k);
            return ((long)Bound(first + k).Place, Cubic(d), (Cubic(d + 1e-6) - Cubic(d - 1e-6)) / 2e-6 * rate);
        }).ToArray();
    }

    private static double Cubic(double d)
    {
        d = Math.Abs(d);
        return d <= 1 ? (1.25 * d * d * d) - (2.25 * d * d) + 1 : d < 2 ? (-0.75 * d * d * d) + (3.75 * d * d) - (6 * d) + 3 : 0;
    }

    private static IEnumerable<(long[] At, double Weight)> Align(Node n, long[] image, Array64 rois, Array64 batch, long[] y, long[] i)
    {
        bool half = n.Attributes.String("coordinate_transformation_mode") == "half_pixel";
        double Side(int k) => (rois[i[0], k] * n.Attributes.Float("spatial_scale")) - (half ? 0.5 : 0);
        var samples = new List<(double Place, long Count)>[2];
        for (int a = 0; a < 2; a++)
        {
            double from = Side(1 - a);
            double length = half ? Side(3 - a) - from : Math.Max(1, Side(3 - a) - from);
            double bin = length / y[a + 2];
            long count = n.Attributes.Int("sampling_ratio") > 0 ? n.Attributes.Int("sampling_ratio") : (long)Math.Ceiling(bin);
            samples[a] = [.. Enumerable.Range(0, (int)count).Select(k => (from + (i[a + 2] * bin) + ((k + 0.5) * bin / count), count))];
        }

        foreach ((double v, long down) in samples[0])
        {
            foreach ((double h, long across) in samples[1])
            {
                foreach ((long row, double wv) in Neighbours(v, image[2]))
                {
                    foreach ((long column, double wh) in Neighbours(h, image[3]))
                    {
                        if (v >= -1 && v <= image[2] && h >= -1 && h <= image[3])
                        {
                            yield return ([(long)batch.Data[i[0]], i[1], row, column], wv * wh / (down * across));
                        }
                    }
                }
            }
        }
    }

    private static (long At, double Weight)[] Neighbours(double place, long extent)
    {
        place = Math.Clamp(place, 0, extent - 1);
        var low = (long)place;
        return [(low, 1 - (place - low)), (Math.Min(low + 1, extent - 1), place - low)];
    }

    private static IEnumerable<long[]> Bin(Node n, long[] image, Array64 rois, long[] y, long[] i)
    {
        (long From, long To) Range(int a)
        {
            double Rounded(int k) => Math.Round(rois[i[0], k] * n.Attributes.Float("spatial_scale"), MidpointRounding.AwayFromZero);
            double from = Rounded(2 - a);
            double bin = Math.Max(1, Rounded(4 - a) - from + 1) / y[a + 2];
            return ((long)Math.Clamp(Math.Floor(i[a + 2] * bin) + from, 0, image[a + 2]), (long)Math.Clamp(Math.Ceiling((i[a + 2] + 1) * bin) + from, 0, image[a + 2]));
        }

        for (long v = Range(0).From; v < Range(0).To; v++)
        {
            for (long h = Range(1).From; h < Range(1).To; h++)
            {
                yield return [(long)rois[i[0], 0], i[1], v, h];
            }
        }
    }
}
