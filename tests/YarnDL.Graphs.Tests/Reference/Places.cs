namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Operators that take elements from other places: pads, resizing, blocks; and logic.</summary>
internal static class Places
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["And"] = Operators.Zip((a, b) => a != 0 && b != 0 ? 1 : 0),
        ["Or"] = Operators.Zip((a, b) => a != 0 || b != 0 ? 1 : 0),
        ["Xor"] = Operators.Zip((a, b) => a != b ? 1 : 0),
        ["Not"] = Operators.Map(a => a == 0 ? 1 : 0),
        ["Pick"] = (n, x, s) => [Operators.Fill(s[0], i => With(i, Lines.Axis(n, i.Length), n.Attributes.Ints("indices")[i[Lines.Axis(n, i.Length)]], out long[] at) ? x[0]![at] : n.Attributes.Float("value"))],
        ["PickGrad"] = (n, x, s) =>
        {
            Array64 dx = Array64.Zeros(s[0]);
            int axis = Lines.Axis(n, s[0].Length);
            foreach (long[] i in x[0]!.Indices().Where(i => With(i, axis, n.Attributes.Ints("indices")[i[axis]], out _)))
            {
                With(i, axis, n.Attributes.Ints("indices")[i[axis]], out long[] at);
                dx[at] += x[0]![i];
            }

            return [dx];
        },
        ["Pad"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            long[] at = [.. i.Select((k, a) => Padded(n.Attributes.String("mode"), k - (long)x[1]!.Data[a], x[0]!.Shape[a]))];
            return at.Any(k => k < 0) ? 0 : x[0]![at];
        })],
        ["DepthToSpace"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            long b = n.Attributes.Int("blocksize");
            long block = (i[2] % b * b) + (i[3] % b);
            return x[0]![i[0], n.Attributes.String("mode") == "CRD" ? (i[1] * b * b) + block : (block * s[0][1]) + i[1], i[2] / b, i[3] / b];
        })],
        ["SpaceToDepth"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            long b = n.Attributes.Int("blocksize");
            long c = x[0]!.Shape[1];
            return x[0]![i[0], i[1] % c, (i[2] * b) + (i[1] / c / b), (i[3] * b) + (i[1] / c % b)];
        })],
        ["Resize"] = (n, x, s) =>
        {
            Array64 y = x[0]!;
            for (int a = 0; a < y.Rank; a++)
            {
                int axis = a;
                Array64 from = y;
                long[] shape = [.. from.Shape];
                shape[axis] = s[0][axis];
                y = shape[axis] == from.Shape[axis] ? from : Operators.Fill(shape, i => Resized(n.Attributes, from, i, axis, s[0][axis]));
            }

            return [y];
        },
    };

    private static bool With(long[] index, int axis, long place, out long[] at)
    {
        at = [.. index];
        at[axis] = place;
        return place >= 0;
    }

    private static long Padded(string mode, long k, long extent)
    {
        while (mode != "constant" && (k < 0 || k >= extent))
        {
            k = mode switch { "edge" => k < 0 ? 0 : extent - 1, "wrap" => k < 0 ? k + extent : k - extent, _ when extent == 1 => 0, _ => k < 0 ? -k : (2 * (extent - 1)) - k };
        }

        return k >= extent ? -1 : k;
    }

    private static double Resized(Attributes a, Array64 x, long[] i, int axis, long to)
    {
        long from = x.Shape[axis];
        double place = a.String("coordinate_transformation_mode") == "align_corners" ? i[axis] * (from - 1.0) / (to - 1) : ((i[axis] + 0.5) * from / to) - 0.5;
        if (a.String("mode") == "nearest")
        {
            return Clamped(x, i, axis, (long)Math.Ceiling(place - 0.5));
        }

        long left = (long)Math.Floor(place);
        double t = place - left;
        if (a.String("mode") == "linear")
        {
            return ((1 - t) * Clamped(x, i, axis, left)) + (t * Clamped(x, i, axis, left + 1));
        }

        double c = a.Float("cubic_coeff_a");
        double sum = 0;
        for (int k = -1; k < 3; k++)
        {
            double d = Math.Abs(t - k);
            double weight = d <= 1 ? ((c + 2) * d * d * d) - ((c + 3) * d * d) + 1 : (c * d * d * d) - (5 * c * d * d) + (8 * c * d) - (4 * c);
            sum += weight * Clamped(x, i, axis, left + k);
        }

        return sum;
    }

    private static double Clamped(Array64 x, long[] i, int axis, long place)
    {
        With(i, axis, Math.Clamp(place, 0, x.Shape[axis] - 1), out long[] at);
        return x[at];
    }
}
