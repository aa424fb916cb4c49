namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Operators that work along axes.</summary>
internal static class Lines
{
    public static int Axis(Node n, int rank) => (int)(n.Attributes.Int("axis") < 0 ? n.Attributes.Int("axis") + rank : n.Attributes.Int("axis"));

    public static int[] Axes(Node n, Array64?[] x) => x.Length > 1 && x[1] is { } axes ? [.. axes.Data.Select(a => (int)(a < 0 ? a + x[0]!.Rank : a))] : [.. Enumerable.Range(0, x[0]!.Rank)];

    public static Array64[] Reduce(Array64 x, int[] axes, long[] shape, Func<List<double>, double> fold)
    {
        var lists = new Dictionary<string, List<double>>();
        var order = new List<string>();
        foreach (long[] i in x.Indices())
        {
            string key = string.Join(",", i.Where((_, a) => !axes.Contains(a)));
            if (!lists.TryGetValue(key, out List<double>? list))
            {
                lists[key] = list = [];
                order.Add(key);
            }

            list.Add(x[i]);
        }

        return [new(shape, [.. order.Select(k => fold(lists[k]))])];
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

    public static double[] Softmax(double[] v)
    {
        double max = v.Max();
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
