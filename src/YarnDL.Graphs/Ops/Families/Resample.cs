namespace YarnDL.Graphs.Ops.Families;

/// <summary>Resizing one axis as ONNX Resize says it: places in the input are weighted neighbours.</summary>
internal static class Resample
{
    public static Value Axis(GraphBuilder g, Value x, int axis, long to, double scale, Attributes a)
    {
        long from = x.Shape[axis].Factor;
        string mode = a.String("mode");
        double[] at = [.. Enumerable.Range(0, (int)to).Select(o => Place(a.String("coordinate_transformation_mode"), o, from, to, scale))];
        if (mode == "nearest")
        {
            return Taken(g, x, axis, [.. at.Select(p => Nearest(a.String("nearest_mode"), p))]);
        }

        int taps = mode switch { "linear" => 2, "cubic" => 4, _ => throw new GraphException($"mode is {mode}; it must be nearest, linear or cubic") };
        var dims = new long[x.Shape.Rank - axis];
        Array.Fill(dims, 1);
        dims[0] = to;
        var parts = new Value?[taps];
        for (int k = 0; k < taps; k++)
        {
            int shift = k + 1 - (taps / 2);
            var weights = new float[to];
            for (int o = 0; o < to; o++)
            {
                double t = at[o] - Math.Floor(at[o]);
                weights[o] = (float)(taps == 2 ? (k == 0 ? 1 - t : t) : Cubic(Math.Abs(t - shift), a.Float("cubic_coeff_a")));
            }

            Value picked = Taken(g, x, axis, [.. at.Select(p => Math.Floor(p) + shift)]);
            parts[k] = g.Add("Mul", picked, g.Constant(Tensors.Tensor.From<float>(new Tensors.Shape(dims), weights)));
        }

        return Formula.Sum(g, parts);
    }

    private static Value Taken(GraphBuilder g, Value x, int axis, double[] places)
    {
        long last = x.Shape[axis].Factor - 1;
        return g.Add("Pick", x, ("axis", axis), ("indices", places.Select(p => Math.Clamp((long)p, 0, last)).ToArray()));
    }

    private static double Place(string mode, long o, long from, long to, double scale) => mode switch
    {
        "half_pixel" => ((o + 0.5) / scale) - 0.5,
        "pytorch_half_pixel" => to > 1 ? ((o + 0.5) / scale) - 0.5 : 0,
        "align_corners" => to > 1 ? (double)o * (from - 1) / (to - 1) : 0,
        "asymmetric" => o / scale,
        _ => throw new GraphException($"coordinate_transformation_mode is {mode}; it must be half_pixel, pytorch_half_pixel, align_corners or asymmetric"),
    };

    private static double Nearest(string mode, double place) => mode switch
    {
        "floor" => Math.Floor(place),
        "ceil" => Math.Ceiling(place),
        "round_prefer_floor" => Math.Ceiling(place - 0.5),
        "round_prefer_ceil" => Math.Floor(place + 0.5),
        _ => throw new GraphException($"nearest_mode is {mode}; it must be floor, ceil, round_prefer_floor or round_prefer_ceil"),
    };

    private static double Cubic(double distance, double a) => distance <= 1
        ? ((((a + 2) * distance) - (a + 3)) * distance * distance) + 1
        : (((((distance - 5) * distance) + 8) * distance) - 4) * a;
}
