namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Operators that work along axes.</summary>
internal static class Lines
{
    public static int Axis(Node n, int rank) => (int)(n.Attributes.Int("axis") < 0 ? n.Attributes.Int("axis") + rank : n.Attributes.Int("axis"));

    public static int[] Axes(Node n, Array64?[] x) => x.Length > 1 && x[1] is { } axes ? [.. axes.Data.Select(a => (int)(a < 0 ? a + x[0]!.Rank : a))] : [.. Enumerable.Range(0, x[0]!.Rank)];

    public static Array64[] Reduce(Array64 x, int[] axes, long[] shape, Func<List<double>, double> fold)
    {
        int[] kept = [.. Enumerable.Range(0, x.Rank).Except(axes)];
        var lists = new List<double>[shape.Aggregate(1L, (a, b) => a * b)];
        for (int k = 0; k < lists.Length; k++)
        {
            lists[k] = [];
        }

        for (int e = 0; e < x.Data.Length; e++)
        {
            long[] i = x.IndexOf(e);
            lists[kept.Aggregate(0L, (at, a) => (at * x.Shape[a]) + i[a])].Add(x.Data[e]);
        }

        return [new(shape, Array.ConvertAll(lists, v => fold(v)))];
    }

    /// <summary>The largest value; NaN when there is one, the lowest bound of nothing.</summary>
    public static double Max(IEnumerable<double> v) => v.Aggregate(double.NegativeInfinity, Math.Max);

    /// <summary>The smallest value; NaN when there is one, the highest bound of nothing.</summary>
    public static double Min(IEnumerable<double> v) => v.Aggregate(double.PositiveInfinity, Math.Min);

    /// <summary>The first place of an extreme: a NaN counts as one.</summary>
    public static int PlaceOf(IList<double> v, double extreme)
    {
        for (int i = 0; i < v.Count; i++)
        {
            if (v[i].Equals(extreme) || v[i] == extreme)
            {
                return i;
            }
        }

        return 0;
    }

    public static Array64[] Along(Array64 x, int axis, Func<double[], double[]> f) => Along2(x, x, axis, (v, _) => f(v));

    public static Array64[] Along2(Array64 a, Array64 b, int axis, Func<double[], double[], double[]> f)
    {
        Array64 y = Array64.Zeros(a.Shape);
        foreach (long[] start in a.Indices().Where(i => i[axis] == 0))
        {
            long[][] line = [.. Enumerable.Range(0, (int)a.Shape[axis]).Select(k => start.Select((v, i) => i == axis ? k : v).ToArray())];
            double[] result = f([.. line.Select(i => a[i])], [.. line.Select(i => b[i])]);
            for (int k = 0; k < line.Length; k++)
            {
                y[line[k]] = result[k];
            }
        }

        return [y];
    }

    public static double LogSumExp(IList<double> v)
    {
        double max = Max(v);
        return double.IsInfinity(max) ? max : max + Math.Log(v.Sum(x => Math.Exp(x - max)));
    }

    public static double[] Softmax(double[] v)
    {
        double max = Max(v);
        double sum = v.Sum(x => Math.Exp(x - max));
        return [.. v.Select(x => Math.Exp(x - max) / sum)];
    }

    public static Array64[] CrossEntropy(Node n, Array64?[] x, long[][] s)
    {
        Array64 logs = Along(x[0]!, 1, v => [.. Softmax(v).Select(p => Math.Log(p))])[0];
        return [Operators.Fill(s[0], i => -logs[[i[0], (long)x[1]![i], .. i.Skip(1)]]), logs];
    }

    public static Array64[] CrossEntropyGrad(Node n, Array64?[] x, long[][] s) => [Operators.Fill(s[0], i =>
    {
        long[] row = [i[0], .. i.Skip(2)];
        return (Math.Exp(x[1]![i]) - (x[2]![row] == i[1] ? 1 : 0)) * x[0]![row];
    })];
}
