namespace YarnDL.Graphs.Tests.Reference;

using Rule = Func<Node, Array64?[], long[][], Array64[]>;

/// <summary>Layers that look through windows, tap by tap.</summary>
internal static class Windows
{
    public static IReadOnlyDictionary<string, Rule> All { get; } = new Dictionary<string, Rule>
    {
        ["Im2Col"] = (n, x, s) =>
        {
            Frame f = Frame.Of(n.Attributes, n.Attributes.Ints("kernel_shape"), x[0]!.Shape[2..]);
            return [Operators.Fill(s[0], i => f.Read(x[0]!, i[0], i[1] / f.Taps, f.Kernel(i[1] % f.Taps), f.Window(i[2]), 0))];
        },
        ["Col2Im"] = (n, x, s) =>
        {
            Frame f = Frame.Of(n.Attributes, [.. x[2]!.Data.Select(d => (long)d)], s[0][2..]);
            Array64 y = Array64.Zeros(s[0]);
            foreach (long[] i in x[0]!.Indices())
            {
                long[] at = f.Place(f.Kernel(i[1] % f.Taps), f.Window(i[2]));
                if (Frame.Inside(at, s[0][2..]))
                {
                    y[[i[0], i[1] / f.Taps, .. at]] += x[0]![i];
                }
            }

            return [y];
        },
        ["Dilation2D"] = (n, x, s) =>
        {
            long[] kernel = x[1]!.Shape[1..];
            long[] strides = n.Attributes.Ints("strides");
            long[] rates = n.Attributes.Ints("rates");
            long[] image = x[0]!.Shape[2..];
            var pads = new long[4];
            for (int a = 0; a < 2 && n.Attributes.String("padding") == "SAME"; a++)
            {
                pads[a] = Math.Max(0, ((s[0][a + 2] - 1) * strides[a]) + (rates[a] * (kernel[a] - 1)) + 1 - image[a]) / 2;
            }

            var f = new Frame(kernel, strides, rates, pads[..2], s[0][2..]);
            return [Operators.Fill(s[0], i => Lines.Max(Enumerable.Range(0, (int)f.Taps).Select(t => f.Read(x[0]!, i[0], i[1], f.Kernel(t), i[2..], double.NegativeInfinity) + x[1]![[i[1], .. f.Kernel(t)]])))];
        },
        ["LocallyConnected"] = (n, x, s) =>
        {
            int axes = x[0]!.Rank - 2;
            Frame f = Frame.Of(n.Attributes, x[1]!.Shape[(axes + 2)..], x[0]!.Shape[2..]);
            return [Operators.Fill(s[0], i =>
            {
                double sum = x.ElementAtOrDefault(2)?[[.. i[2..], i[1]]] ?? 0;
                for (long k = 0; k < f.Taps * x[0]!.Shape[1]; k++)
                {
                    sum += f.Read(x[0]!, i[0], k / f.Taps, f.Kernel(k % f.Taps), i[2..], 0) * x[1]![[.. i[2..], i[1], k / f.Taps, .. f.Kernel(k % f.Taps)]];
                }

                return sum;
            })];
        },
        ["SubtractiveNormalization"] = (n, x, s) => [Operators.Fill(s[0], i => x[0]![i] - Around(x[0]!, x[1]!, i, v => v, v => v))],
        ["DivisiveNormalization"] = (n, x, s) => [Operators.Fill(s[0], i =>
        {
            double deviation = Around(x[0]!, x[1]!, i, v => v * v, Math.Sqrt);
            return x[0]![i] / (deviation > n.Attributes.Float("threshold") ? deviation : n.Attributes.Float("thresval"));
        })],
        ["MaxUnpool"] = (n, x, s) =>
        {
            Array64 y = Array64.Zeros(s[0]);
            long plane = s[0][2..].Aggregate(1L, (p, e) => p * e);
            foreach (long[] i in x[0]!.Indices())
            {
                y.Data[(((i[0] * s[0][1]) + i[1]) * plane) + ((long)x[1]![i] % plane)] = x[0]![i];
            }

            return [y];
        },
        ["ConvLSTM"] = ConvLstm,
    };

    private static double Around(Array64 x, Array64 kernel, long[] i, Func<double, double> term, Func<double, double> finish)
    {
        double all = kernel.Data.Sum() * x.Shape[1];
        double sum = 0;
        double inside = 0;
        foreach (long[] k in kernel.Indices())
        {
            long[] at = [i[2] + k[0] - (kernel.Shape[0] / 2), i[3] + k[1] - (kernel.Shape[1] / 2)];
            for (long c = 0; c < x.Shape[1] && Frame.Inside(at, x.Shape[2..]); c++)
            {
                sum += kernel[k] / all * term(x[[i[0], c, .. at]]);
                inside += kernel[k] / all;
            }
        }

        return finish(sum) / inside;
    }

    private static Array64[] ConvLstm(Node n, Array64?[] x, long[][] s)
    {
        bool sequences = n.Attributes.Int("sequences") != 0;
        long[] plane = sequences ? s[0][3..] : s[0][2..];
        long filters = x[1]!.Shape[0] / 4;
        long[] kernel = x[1]!.Shape[2..];
        long[] strides = n.Attributes.Find<long[]>("strides") ?? [.. kernel.Select(_ => 1L)];
        long[] image = x[0]!.Shape[3..];
        bool same = n.Attributes.String("auto_pad") != "VALID";
        long[] begin = [.. kernel.Select((k, a) => same ? Math.Max(0, ((plane[a] - 1) * strides[a]) + k - image[a]) / 2 : 0)];
        var into = new Frame(kernel, strides, [.. kernel.Select(_ => 1L)], begin, plane);
        long[] again = x[2]!.Shape[2..];
        var back = new Frame(again, [.. again.Select(_ => 1L)], [.. again.Select(_ => 1L)], [.. again.Select(k => (k - 1) / 2)], plane);
        long[] state = [x[0]!.Shape[0], filters, .. plane];
        Array64 h = Array64.Zeros(state);
        Array64 c = Array64.Zeros(state);
        Array64 y = Array64.Zeros(s[0]);
        Func<double, double> activation = Operators.Activate(n.Attributes.String("activation"));
        Func<double, double> gate = n.Attributes.String("gate") == "HardSigmoid" ? v => Math.Clamp((0.2f * v) + 0.5, 0, 1) : Operators.Activate(n.Attributes.String("gate"));
        for (long t = 0; t < x[0]!.Shape[1]; t++)
        {
            Array64 frame = Operators.Fill([state[0], x[0]!.Shape[2], .. image], i => x[0]![[i[0], t, .. i[1..]]]);
            Array64 old = h;
            Array64 cell = c;
            double Sum(long[] i, int g)
            {
                long row = (g * filters) + i[1];
                double sum = x.ElementAtOrDefault(3)?.Data[row] ?? 0;
                for (long k = 0; k < into.Taps * frame.Shape[1]; k++)
                {
                    sum += into.Read(frame, i[0], k / into.Taps, into.Kernel(k % into.Taps), i[2..], 0) * x[1]![[row, k / into.Taps, .. into.Kernel(k % into.Taps)]];
                }

                for (long k = 0; k < back.Taps * filters && t > 0; k++)
                {
                    sum += back.Read(old, i[0], k / back.Taps, back.Kernel(k % back.Taps), i[2..], 0) * x[2]![[row, k / back.Taps, .. back.Kernel(k % back.Taps)]];
                }

                return sum;
            }

            double Hole(long[] i, int g) => x.ElementAtOrDefault(4)?.Data[(g * filters) + i[1]] ?? 0;
            double Before(long[] i, int g) => t == 0 ? 0 : Hole(i, g) * cell[i];
            c = Operators.Fill(state, i => (t == 0 ? 0 : gate(Sum(i, 1) + Before(i, 1)) * cell[i]) + (gate(Sum(i, 0) + Before(i, 0)) * activation(Sum(i, 2))));
            Array64 now = c;
            h = Operators.Fill(state, i => gate(Sum(i, 3) + (Hole(i, 2) * now[i])) * activation(now[i]));
            foreach (long[] i in h.Indices())
            {
                y[sequences ? [i[0], t, .. i[1..]] : i] = h[i];
            }
        }

        return [y];
    }

    /// <summary>Windows over an image: where tap and window lie.</summary>
    private sealed record Frame(long[] Extents, long[] Strides, long[] Dilations, long[] Begin, long[] Windows)
    {
        public long Taps => Extents.Aggregate(1L, (p, k) => p * k);

        public static Frame Of(Attributes a, long[] kernel, long[] image)
        {
            long[] strides = a.Find<long[]>("strides") ?? [.. kernel.Select(_ => 1L)];
            long[] dilations = a.Find<long[]>("dilations") ?? [.. kernel.Select(_ => 1L)];
            long[] pads = a.Find<long[]>("pads") ?? new long[2 * kernel.Length];
            return new Frame(kernel, strides, dilations, pads[..kernel.Length],
                [.. image.Select((e, i) => ((e + pads[i] + pads[i + kernel.Length] - (dilations[i] * (kernel[i] - 1)) - 1) / strides[i]) + 1)]);
        }

        public static bool Inside(long[] at, long[] image) => !at.Where((p, a) => p < 0 || p >= image[a]).Any();

        public long[] Kernel(long tap) => new Array64(Extents, []).IndexOf(tap);

        public long[] Window(long w) => new Array64(Windows, []).IndexOf(w);

        public long[] Place(long[] tap, long[] window) => [.. tap.Select((k, a) => (k * Dilations[a]) + (window[a] * Strides[a]) - Begin[a])];

        public double Read(Array64 x, long n, long channel, long[] tap, long[] window, double outside)
        {
            long[] at = Place(tap, window);
            return Inside(at, x.Shape[2..]) ? x[[n, channel, .. at]] : outside;
        }
    }
}
