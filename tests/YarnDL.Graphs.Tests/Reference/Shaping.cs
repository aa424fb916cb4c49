namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Operators that move elements.</summary>
internal static class Shaping
{
    public static Array64[] Transpose(Node n, Array64?[] x, long[][] s)
    {
        long[] perm = n.Attributes.Find<long[]>("perm") ?? [.. Enumerable.Range(0, x[0]!.Rank).Reverse().Select(a => (long)a)];
        return [Operators.Fill(s[0], i =>
        {
            var from = new long[i.Length];
            for (int a = 0; a < i.Length; a++)
            {
                from[perm[a]] = i[a];
            }

            return x[0]![from];
        })];
    }

    public static Array64[] Concat(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, s[0].Length);
        return [Operators.Fill(s[0], i =>
        {
            long[] at = [.. i];
            int k = 0;
            while (at[axis] >= x[k]!.Shape[axis])
            {
                at[axis] -= x[k++]!.Shape[axis];
            }

            return x[k]![at];
        })];
    }

    public static Array64[] Slice(Node n, Array64?[] x, long[][] s)
    {
        (long[] starts, long[] steps) = Window(x, 1, x[0]!.Shape);
        return [Operators.Fill(s[0], i => x[0]![[.. i.Select((k, a) => starts[a] + (k * steps[a]))]])];
    }

    public static Array64[] SliceGrad(Node n, Array64?[] x, long[][] s)
    {
        (long[] starts, long[] steps) = Window(x, 2, s[0]);
        Array64 dx = Array64.Zeros(s[0]);
        foreach (long[] i in x[0]!.Indices())
        {
            dx[[.. i.Select((k, a) => starts[a] + (k * steps[a]))]] = x[0]![i];
        }

        return [dx];
    }

    public static Array64[] Gather(Node n, Array64?[] x, long[][] s)
    {
        int axis = Lines.Axis(n, x[0]!.Rank);
        int rank = x[1]!.Rank;
        return [Operators.Fill(s[0], i =>
        {
            double k = x[1]![i.AsSpan(axis, rank)];
            return x[0]![[.. i.Take(axis), (long)(k < 0 ? k + x[0]!.Shape[axis] : k), .. i.Skip(axis + rank)]];
        })];
    }

    private static (long[] Starts, long[] Steps) Window(Array64?[] x, int at, long[] whole)
    {
        var starts = new long[whole.Length];
        var steps = new long[whole.Length];
        Array.Fill(steps, 1);
        for (int k = 0; k < x[at]!.Data.Length; k++)
        {
            int axis = x.Length > at + 2 ? (int)x[at + 2]!.Data[k] : k;
            axis = axis < 0 ? axis + whole.Length : axis;
            double start = x[at]!.Data[k];
            starts[axis] = (long)(start < 0 ? start + whole[axis] : start);
            steps[axis] = x.Length > at + 3 ? (long)x[at + 3]!.Data[k] : 1;
        }

        return (starts, steps);
    }
}
