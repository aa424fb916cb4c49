namespace YarnDL.Graphs.Tests.Reference;

/// <summary>Matrix products and convolutions, term by term.</summary>
internal static class Products
{
    public static Array64[] Gemm(Node n, Array64?[] x, long[][] s)
    {
        bool transA = n.Attributes.Int("transA") != 0;
        bool transB = n.Attributes.Int("transB") != 0;
        long terms = x[0]!.Shape[transA ? 0 : 1];
        return [Operators.Fill(s[0], i =>
        {
            double sum = 0;
            for (long k = 0; k < terms; k++)
            {
                sum += (transA ? x[0]![k, i[0]] : x[0]![i[0], k]) * (transB ? x[1]![i[1], k] : x[1]![k, i[1]]);
            }

            return (n.Attributes.Float("alpha") * sum) + (x.Length > 2 ? n.Attributes.Float("beta") * x[2]!.Broadcast(i) : 0);
        })];
    }

    public static Array64[] GemmOverRows(Node n, Array64?[] x, long[][] s) => [Operators.Fill(s[0], i =>
    {
        double sum = 0;
        for (long k = 0; k < x[0]!.Shape[0]; k++)
        {
            sum += x[0]![k, i[0]] * x[1]![k, i[1]];
        }

        return sum;
    })];

    public static Array64[] MatMul(Node n, Array64?[] x, long[][] s)
    {
        Array64 a = x[0]!.Rank == 1 ? new([1, .. x[0]!.Shape], x[0]!.Data) : x[0]!;
        Array64 b = x[1]!.Rank == 1 ? new([.. x[1]!.Shape, 1], x[1]!.Data) : x[1]!;
        int rank = Math.Max(a.Rank, b.Rank);
        long[] full = [.. Enumerable.Range(0, rank - 2).Select(i => Joined(Extent(a, i - (rank - a.Rank)), Extent(b, i - (rank - b.Rank)))), a.Shape[^2], b.Shape[^1]];
        Array64 y = Operators.Fill(full, i =>
        {
            double sum = 0;
            for (long k = 0; k < a.Shape[^1]; k++)
            {
                sum += a.Broadcast([.. i.Take(rank - 2), i[^2], k]) * b.Broadcast([.. i.Take(rank - 2), k, i[^1]]);
            }

            return sum;
        });
        return [new(s[0], y.Data)];
    }

    public static Array64[] Conv(Node n, Array64?[] x, long[][] s)
    {
        Array64 y = Array64.Zeros(s[0]);
        Taps(n, x[0]!.Shape, x[1]!.Shape, s[0], (xi, wi, yi) => y[yi] += x[0]![xi] * x[1]![wi]);
        return x.Length < 3 ? [y] : [Operators.Fill(s[0], i => y[i] + x[2]![i[1]])];
    }

    public static Array64[] ConvGradData(Node n, Array64?[] x, long[][] s)
    {
        Array64 dx = Array64.Zeros(s[0]);
        Taps(n, s[0], x[1]!.Shape, x[0]!.Shape, (xi, wi, yi) => dx[xi] += x[0]![yi] * x[1]![wi]);
        return [dx];
    }

    public static Array64[] ConvGradWeights(Node n, Array64?[] x, long[][] s)
    {
        Array64 dw = Array64.Zeros(s[0]);
        Taps(n, x[0]!.Shape, s[0], x[1]!.Shape, (xi, wi, yi) => dw[wi] += x[0]![xi] * x[1]![yi]);
        return [dw];
    }

    /// <summary>Begin of the padding and taps per axis, as ONNX has it.</summary>
    public static long[] PadBegin(Attributes a, long[] input, long[] kernel, long[] strides, long[] dilations)
    {
        if (a.String("auto_pad").StartsWith("SAME", StringComparison.Ordinal))
        {
            return [.. input.Select((extent, i) =>
            {
                long total = Math.Max(0, ((((extent + strides[i] - 1) / strides[i]) - 1) * strides[i]) + (dilations[i] * (kernel[i] - 1)) + 1 - extent);
                return a.String("auto_pad") == "SAME_UPPER" ? total / 2 : (total + 1) / 2;
            })];
        }

        return a.Find<long[]>("pads") is { } pads ? pads[..input.Length] : new long[input.Length];
    }

    public static long[] PerAxis(Attributes a, string name, int axes) => a.Find<long[]>(name) ?? [.. Enumerable.Repeat(1L, axes)];

    private static long Joined(long a, long b) => a == 1 ? b : a;

    private static long Extent(Array64 x, int axis) => axis < 0 ? 1 : x.Shape[axis];

    /// <summary>Every product of a convolution: (x index, w index, y index).</summary>
    private static void Taps(Node n, long[] x, long[] w, long[] y, Action<long[], long[], long[]> term)
    {
        int axes = x.Length - 2;
        long[] strides = PerAxis(n.Attributes, "strides", axes);
        long[] dilations = PerAxis(n.Attributes, "dilations", axes);
        long[] begin = PadBegin(n.Attributes, x[2..], w[2..], strides, dilations);
        long group = n.Attributes.Int("group");
        long[][] windows = [.. Array64.Zeros([1, .. w[1..]]).Indices()];
        var xi = new long[x.Length];
        foreach (long[] yi in Array64.Zeros(y).Indices())
        {
            foreach (long[] window in windows)
            {
                bool inside = true;
                for (int a = 2; a < x.Length; a++)
                {
                    xi[a] = (yi[a] * strides[a - 2]) + (window[a] * dilations[a - 2]) - begin[a - 2];
                    inside &= xi[a] >= 0 && xi[a] < x[a];
                }

                if (inside)
                {
                    xi[0] = yi[0];
                    xi[1] = (yi[1] / (w[0] / group) * w[1]) + window[1];
                    window[0] = yi[1];
                    term(xi, window, yi);
                }
            }
        }
    }
}
