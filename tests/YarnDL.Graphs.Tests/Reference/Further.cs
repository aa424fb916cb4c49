namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Operators of several kinds, each by its definition.</summary>
internal static class Further
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["GradientScale"] = (n, x, s) => [x[0]!],
        ["BitCast"] = (n, x, s) => [new(s[0], Array.ConvertAll(x[0]!.Data, v => (double)BitConverter.SingleToInt32Bits((float)v)))],
        ["Mod"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            (double a, double b) = (x[0]!.Broadcast(i), x[1]!.Broadcast(i));
            return n.Attributes.Int("fmod") != 0 ? a % b : a - (b * Math.Floor(a / b));
        })],
        ["Asin"] = Operators.Map(Math.Asin),
        ["Acos"] = Operators.Map(Math.Acos),
        ["Tan"] = Operators.Map(Math.Tan),
        ["Asinh"] = Operators.Map(Math.Asinh),
        ["Acosh"] = Operators.Map(Math.Acosh),
        ["Atanh"] = Operators.Map(Math.Atanh),
        ["IsNaN"] = Operators.Map(v => double.IsNaN(v) ? 1 : 0),
        ["IsInf"] = (n, x, s) => Operators.Map(v => (double.IsPositiveInfinity(v) && n.Attributes.Int("detect_positive") != 0)
            || (double.IsNegativeInfinity(v) && n.Attributes.Int("detect_negative") != 0) ? 1 : 0)(n, x, s),
        ["MeanVarianceNormalization"] = (n, x, s) =>
        {
            long[] axes = n.Attributes.Ints("axes");
            return [Operators.Fill(s[0], i =>
            {
                double[] line = [.. x[0]!.Indices().Where(k => !k.Where((at, a) => !axes.Contains(a) && at != i[a]).Any()).Select(k => x[0]![k])];
                return (x[0]![i] - line.Average()) / Math.Sqrt(line.Average(v => (v - line.Average()) * (v - line.Average())) + 1e-9f);
            })];
        },
        ["ConstantOfShape"] = (n, x, s) => [Operators.Fill(s[0], _ => n.Attributes.Find<Tensors.Tensor>("value")?.Span<float>()[0] ?? 0)],
        ["CastLike"] = (n, x, s) => [new(s[0], n.Outputs[0]!.DType == Tensors.DType.Float32 ? x[0]!.Data : Array.ConvertAll(x[0]!.Data, Math.Truncate))],
        ["CenterCropPad"] = (n, x, s) =>
        {
            long[] has = x[0]!.Shape;
            long[] wants = [.. has];
            long[] axes = n.Attributes.Find<long[]>("axes") ?? [.. Enumerable.Range(0, has.Length)];
            for (int k = 0; k < axes.Length; k++)
            {
                wants[axes[k] < 0 ? axes[k] + has.Length : axes[k]] = (long)x[1]!.Data[k];
            }

            return [Operators.Fill(wants, i =>
            {
                long[] at = [.. i.Select((k, a) => has[a] >= wants[a] ? k + ((has[a] - wants[a]) / 2) : k - ((wants[a] - has[a]) / 2))];
                return at.Where((k, a) => k < 0 || k >= has[a]).Any() ? 0 : x[0]![at];
            })];
        },
        ["Range"] = (n, x, s) => [Operators.Fill(s[0], i => x[0]!.Data[0] + (i[0] * x[2]!.Data[0]))],
        ["EyeLike"] = (n, x, s) => [Operators.Fill(s[0], i => i[1] == i[0] + n.Attributes.Int("k") ? 1 : 0)],
        ["Size"] = (n, x, s) => [new(s[0], [x[0]!.Data.Length])],
        ["Einsum"] = Einsum,
        ["EmbeddingBag"] = (n, x, s) =>
        {
            string mode = n.Attributes.String("mode");
            return [Operators.Fill(s[0], i =>
            {
                double[]? begins = x.ElementAtOrDefault(2)?.Data;
                long length = begins is null ? x[1]!.Shape[1] : x[1]!.Data.Length;
                long first = begins is null ? i[0] * length : Math.Min(length, (long)begins[i[0]]);
                long end = begins is null ? first + length : i[0] + 1 < begins.Length ? Math.Min(length, (long)begins[i[0] + 1]) : length;
                long[] bag = [.. Enumerable.Range((int)first, (int)(end - first)).Select(k => (long)k).Where(k => x[1]!.Data[k] != n.Attributes.Int("padding_idx"))];
                double[] terms = [.. bag.Select(k => x[0]![(long)x[1]!.Data[k], i[1]] * (x.ElementAtOrDefault(3)?.Data[k] ?? 1))];
                return terms.Length == 0 ? 0 : mode == "max" ? Lines.Max(terms) : mode == "mean" ? terms.Average() : terms.Sum();
            })];
        },
        ["AffineGrid"] = (n, x, s) =>
        {
            int axes = s[0].Length - 2;
            bool corners = n.Attributes.Int("align_corners") != 0;
            return [Operators.Fill(s[0], i =>
            {
                double sum = x[0]![i[0], i[^1], axes];
                for (int a = 0; a < axes; a++)
                {
                    long extent = s[0][axes - a];
                    double at = corners ? -1 + (2.0 * i[axes - a] / (extent - 1)) : -1 + (((2.0 * i[axes - a]) + 1) / extent);
                    sum += x[0]![i[0], i[^1], a] * (float)at;
                }

                return sum;
            })];
        },
    };

    private static Array64[] Einsum(Node n, Array64?[] x, long[][] s)
    {
        string[] sides = n.Attributes.String("equation").Replace(" ", "").Split("->");
        string[] terms = [.. sides[0].Split(',').Select((t, k) => t.Replace("...", "0123"[..Math.Max(0, x[k]!.Rank - t.Length + 3)]))];
        string result = sides.Length > 1 ? sides[1].Replace("...", "0123"[..Math.Max(0, s[0].Length - sides[1].Length + 3)])
            : new([.. string.Concat(terms).GroupBy(c => c).Where(g => g.Count() == 1).Select(g => g.Key).Order()]);
        if (terms.Length > 2)
        {
            // Two at a time, as sums are taken as early as they can be.
            string later = result + string.Concat(terms[2..]);
            string kept = new([.. (terms[0] + terms[1]).Distinct().Where(later.Contains)]);
            long[] shape = [.. kept.Select(l => terms[0].Contains(l) ? x[0]!.Shape[terms[0].IndexOf(l)] : x[1]!.Shape[terms[1].IndexOf(l)])];
            Array64 pair = Contracted([terms[0], terms[1]], [x[0]!, x[1]!], kept, shape);
            return [Contracted([kept, .. terms[2..]], [pair, .. x[2..].Select(v => v!)], result, s[0])];
        }

        return [Contracted(terms, [.. x.Select(v => v!)], result, s[0])];
    }

    private static Array64 Contracted(string[] terms, Array64[] x, string result, long[] s)
    {
        char[] letters = [.. string.Concat(terms).Distinct()];
        long[] extents = [.. letters.Select(l => terms.Select((t, k) => t.Contains(l) ? x[k].Shape[t.IndexOf(l)] : 0).Max())];
        Array64 y = Array64.Zeros(s);
        foreach (long[] at in Array64.Zeros(extents).Indices())
        {
            long[] Index(string labels) => [.. labels.Select(l => at[Array.IndexOf(letters, l)])];
            double product = 1;
            for (int k = 0; k < terms.Length; k++)
            {
                product *= x[k][Index(terms[k])];
            }

            y[Index(result)] += product;
        }

        return y;
    }
}
