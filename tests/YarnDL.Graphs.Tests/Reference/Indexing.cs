namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Operators that pick and put by index.</summary>
internal static class Indexing
{
    public static Array64[] GatherGrad(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, s[0].Length);
        int rank = x[2]!.Rank;
        bool scale = n.Attributes.Int("scale_grad_by_freq") != 0;
        Array64 dx = Array64.Zeros(s[0]);
        foreach (long[] i in x[0]!.Indices())
        {
            double k = x[2]![i.AsSpan(axis, rank)];
            if (k < 0 || k != n.Attributes.Int("padding_idx"))
            {
                dx[[.. i.Take(axis), (long)(k < 0 ? k + s[0][axis] : k), .. i.Skip(axis + rank)]] += x[0]![i] / (scale ? x[2]!.Data.Count(v => v == k) : 1);
            }
        }

        return [dx];
    }

    public static Array64[] GatherElements(Node n, Array64?[] x, long[][] s) => [Operators.Fill(s[0], i => x[0]![At(n, x[1]!, i)])];

    public static Array64[] ScatterElements(Node n, Array64?[] x, long[][] s)
    {
        var y = new Array64(s[0], [.. x[0]!.Data]);
        foreach (long[] i in x[1]!.Indices())
        {
            long[] at = At(n, x[1]!, i);
            y[at] = Join(n, y[at], x[2]![i]);
        }

        return [y];
    }

    public static Array64[] GatherND(Node n, Array64?[] x, long[][] s)
    {
        int batch = (int)n.Attributes.Int("batch_dims");
        return [Operators.Fill(s[0], i => x[0]![Tuple(x[1]!, batch, i)])];
    }

    public static Array64[] GatherNDGrad(Node n, Array64?[] x, long[][] s)
    {
        int batch = (int)n.Attributes.Int("batch_dims");
        Array64 dx = Array64.Zeros(s[0]);
        foreach (long[] i in x[0]!.Indices())
        {
            dx[Tuple(x[2]!, batch, i)] += x[0]![i];
        }

        return [dx];
    }

    public static Array64[] ScatterND(Node n, Array64?[] x, long[][] s)
    {
        var y = new Array64(s[0], [.. x[0]!.Data]);
        foreach (long[] i in x[2]!.Indices())
        {
            long[] at = Tuple(x[1]!, 0, i);
            y[at] = Join(n, y[at], x[2]![i]);
        }

        return [y];
    }

    public static Array64[] OneHot(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, s[0].Length);
        return [Operators.Fill(s[0], i => x[2]!.Data[x[0]![[.. i.Where((_, a) => a != axis)]] == i[axis] ? 1 : 0])];
    }

    public static Array64[] Tile(Node n, Array64?[] x, long[][] s) => [Operators.Fill(s[0], i => x[0]![[.. i.Select((k, a) => k % x[0]!.Shape[a])]])];

    public static Array64[] Split(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, s[0].Length);
        long at = 0;
        return [.. s.Select(shape =>
        {
            long start = at;
            at += shape[axis];
            return Operators.Fill(shape, i => x[0]![[.. i.Select((k, a) => a == axis ? k + start : k)]]);
        })];
    }

    public static Array64[] Trilu(Node n, Array64?[] x, long[][] s)
    {
        double k = x.Length > 1 ? x[1]!.Data[0] : 0;
        return [Operators.Fill(s[0], i => (n.Attributes.Int("upper") != 0 ? i[^1] >= i[^2] + k : i[^1] <= i[^2] + k) ? x[0]![i] : 0)];
    }

    public static Array64[] TopK(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, s[0].Length);
        double sign = n.Attributes.Int("largest") != 0 ? -1 : 1;
        Array64 places = Operators.Fill(s[0], i =>
        {
            double[] line = [.. Enumerable.Range(0, (int)x[0]!.Shape[axis]).Select(k => x[0]![[.. i.Select((v, a) => a == axis ? k : v)]])];
            return Enumerable.Range(0, line.Length).OrderBy(k => double.IsNaN(line[k]) ? sign : 0).ThenBy(k => sign * line[k]).ThenBy(k => k).ElementAt((int)i[axis]);
        });
        return [Operators.Fill(s[0], i => x[0]![[.. i.Select((v, a) => a == axis ? (long)places[i] : v)]]), places];
    }

    public static Array64[] ReverseSequence(Node n, Array64?[] x, long[][] s)
    {
        int time = (int)n.Attributes.Int("time_axis");
        return [Operators.Fill(s[0], i =>
        {
            double length = x[1]!.Data[i[1 - time]];
            return x[0]![[.. i.Select((k, a) => a == time && k < length ? (long)length - 1 - k : k)]];
        })];
    }

    private static double Join(Node n, double value, double update) => n.Attributes.String("reduction") switch
    {
        "add" => value + update,
        "mul" => value * update,
        "max" => Math.Max(value, update),
        "min" => Math.Min(value, update),
        _ => update,
    };

    private static long[] At(Node n, Array64 indices, long[] i)
    {
        int axis = Lines.Axis(n, i.Length);
        return [.. i.Select((k, a) => a == axis ? (long)indices[i] : k)];
    }

    private static long[] Tuple(Array64 indices, int batch, long[] i)
    {
        int leading = indices.Rank - 1;
        long width = indices.Shape[^1];
        return [.. i.Take(batch), .. Enumerable.Range(0, (int)width).Select(k => (long)indices[[.. i.Take(leading), k]]), .. i.Skip(leading)];
    }
}
