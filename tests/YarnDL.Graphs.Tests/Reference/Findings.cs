namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Operators whose results are as long as the data says.</summary>
internal static class Findings
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["NonZero"] = (n, x, s) =>
        {
            long[][] found = [.. x[0]!.Indices().Where(i => x[0]![i] != 0)];
            return [Operators.Fill([x[0]!.Rank, found.Length], i => found[i[1]][i[0]])];
        },
        ["Compress"] = (n, x, s) =>
        {
            long[] kept = Kept(x[1]!);
            if (!n.Attributes.Has("axis"))
            {
                return [Operators.Fill([kept.Length], i => x[0]!.Data[kept[i[0]]])];
            }

            int axis = Lines.Axis(n, x[0]!.Rank);
            long[] shape = [.. x[0]!.Shape];
            shape[axis] = kept.Length;
            return [Operators.Fill(shape, i => x[0]![[.. i.Select((k, a) => a == axis ? kept[k] : k)]])];
        },
        ["CompressGrad"] = (n, x, s) =>
        {
            long[] kept = Kept(x[2]!);
            Array64 dx = Array64.Zeros(s[0]);
            if (!n.Attributes.Has("axis"))
            {
                for (int k = 0; k < kept.Length; k++)
                {
                    dx.Data[kept[k]] = x[0]!.Data[k];
                }

                return [dx];
            }

            int axis = Lines.Axis(n, dx.Rank);
            long[] shape = [.. s[0]];
            shape[axis] = kept.Length;
            var dy = new Array64(shape, x[0]!.Data);
            foreach (long[] i in dx.Indices())
            {
                int at = Array.IndexOf(kept, i[axis]);
                dx[i] = at < 0 ? 0 : dy[[.. i.Select((k, a) => a == axis ? at : k)]];
            }

            return [dx];
        },
        ["Unique"] = (n, x, s) =>
        {
            double[] found = [.. x[0]!.Data.Distinct()];
            found = n.Attributes.Int("sorted") != 0 ? [.. found.Order()] : found;
            return [
                new([found.Length], found),
                new([found.Length], [.. found.Select(v => (double)Array.IndexOf(x[0]!.Data, v))]),
                new([x[0]!.Data.Length], [.. x[0]!.Data.Select(v => (double)Array.IndexOf(found, v))]),
                new([found.Length], [.. found.Select(v => (double)x[0]!.Data.Count(e => e.Equals(v)))]),
            ];
        },
        ["NonMaxSuppression"] = (n, x, s) =>
        {
            bool centre = n.Attributes.Int("center_point_box") != 0;
            var rows = new List<double>();
            for (long b = 0; b < x[1]!.Shape[0]; b++)
            {
                double[][] boxes = [.. Enumerable.Range(0, (int)x[1]!.Shape[2]).Select(k => Corners([.. Enumerable.Range(0, 4).Select(e => x[0]![b, k, e])], centre))];
                for (long c = 0; c < x[1]!.Shape[1]; c++)
                {
                    var stay = new List<int>();
                    foreach (int k in Enumerable.Range(0, boxes.Length).Where(k => x[1]![b, c, k] > (x.ElementAtOrDefault(4)?.Data[0] ?? double.NegativeInfinity)).OrderByDescending(k => x[1]![b, c, k]))
                    {
                        if (stay.Count < x[2]!.Data[0] && !stay.Any(j => Shared(boxes[j], boxes[k]) > (x.ElementAtOrDefault(3)?.Data[0] ?? 0)))
                        {
                            stay.Add(k);
                            rows.AddRange([b, c, k]);
                        }
                    }
                }
            }

            return [new([rows.Count / 3, 3], [.. rows])];
        },
    };

    private static long[] Kept(Array64 condition) => [.. Enumerable.Range(0, condition.Data.Length).Where(k => condition.Data[k] != 0).Select(k => (long)k)];

    private static double[] Corners(double[] b, bool centre) => centre ? [b[0] - (b[2] / 2), b[1] - (b[3] / 2), b[0] + (b[2] / 2), b[1] + (b[3] / 2)]
        : [Math.Min(b[0], b[2]), Math.Min(b[1], b[3]), Math.Max(b[0], b[2]), Math.Max(b[1], b[3])];

    private static double Shared(double[] a, double[] b)
    {
        double Area(double[] c) => (c[2] - c[0]) * (c[3] - c[1]);
        double common = Math.Max(0, Math.Min(a[2], b[2]) - Math.Max(a[0], b[0])) * Math.Max(0, Math.Min(a[3], b[3]) - Math.Max(a[1], b[1]));
        return common > 0 ? common / (Area(a) + Area(b) - common) : 0;
    }
}
