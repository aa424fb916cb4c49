using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class ConvolutionTests
{
    // channels, height, width, outputs, kernel height, width, stride h, w, pad top, left, bottom, right, dilation h, w, groups
    public static TheoryData<int[], long> Shapes => new()
    {
        { [1, 28, 28, 6, 5, 5, 1, 1, 2, 2, 2, 2, 1, 1, 1], 2 },
        { [6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 0, 0, 1, 1, 1], 3 },
        { [3, 7, 9, 5, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1], 3 },
        { [4, 6, 5, 6, 3, 2, 1, 1, 0, 1, 2, 0, 1, 1, 2], 2 },
        { [5, 8, 8, 5, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 5], 2 },
        { [2, 11, 12, 3, 3, 3, 1, 2, 2, 2, 2, 2, 2, 2, 1], 2 },
        { [7, 1, 33, 9, 1, 4, 1, 3, 0, 2, 0, 1, 1, 1, 1], 4 },
        { [33, 3, 3, 17, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1], 5 },
        { [1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 1], 1 },
        { [2, 4, 4, 2, 4, 4, 1, 1, 3, 3, 3, 3, 1, 1, 1], 1 },
        { [470, 3, 3, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1], 1 },
        { [2, 5, 5, 3, 1, 1, 3, 3, 0, 0, 0, 0, 1, 1, 1], 2 },
        { [3, 5, 5, 2, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1], 0 },
        { [3, 20, 29, 5, 3, 4, 2, 1, 2, 3, 1, 0, 1, 2, 1], 2 },
        { [4, 6, 40, 6, 1, 2, 1, 1, 3, 4, 3, 4, 2, 3, 2], 2 },
        { [5, 28, 28, 8, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1], 2 },
        { [4, 13, 35, 6, 3, 4, 2, 3, 4, 1, 0, 2, 2, 3, 2], 3 },
        { [3, 9, 8, 4, 2, 2, 3, 4, 5, 0, 1, 6, 1, 2, 1], 2 },
        { [2, 5, 6, 470, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1], 1 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_output_has_the_bits_of_the_rule(int[] extents, long rows)
    {
        ConvolutionShape s = Of(extents);
        using var native = new Native();
        float* x = native.Random(rows * s.InputElements);
        float* w = native.Random(s.WeightElements);
        float* bias = native.Random(s.OutputChannels);
        float* expected = native.Zeros(rows * s.OutputElements);
        for (long i = 0; i < rows * s.OutputElements; i++)
        {
            long o = i / s.Positions % s.OutputChannels;
            expected[i] = SumRule.Sum(s.Terms, (start, length) => SumRule.Chain(
                start, length, t => Weight(s, w, o, t), t => Input(s, x, i / s.OutputElements, o, t, i % s.Positions))) + bias[o];
        }

        ForEach(native, s.ForwardScratch(rows), (kernel, pool, scratch, what) =>
        {
            float* y = native.Random(rows * s.OutputElements);
            Convolution.ForwardWith(kernel, pool, s, rows, x, w, bias, Activation.None, y, (void*)scratch);
            Native.AssertSameBits(expected, y, rows * s.OutputElements, what);
        });
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_input_gradient_has_the_bits_of_the_rule(int[] extents, long rows)
    {
        ConvolutionShape s = Of(extents);
        using var native = new Native();
        float* dy = native.Random(rows * s.OutputElements);
        float* w = native.Random(s.WeightElements);
        CheckInputGradient(native, s, rows, dy, w);
    }

    [Fact]
    public void Pixels_between_strides_count_as_terms_with_value_0()
    {
        ConvolutionShape s = Of([3, 9, 20, 4, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1]);
        using var native = new Native();
        float* dy = native.Random(2 * s.OutputElements);
        float* w = native.Random(s.WeightElements);
        w[7] = float.PositiveInfinity;
        w[40] = float.NaN;
        CheckInputGradient(native, s, 2, dy, w);

        // Products too small for a float: chains of zeros, whose sign tells which terms took part.
        for (long i = 0; i < 2 * s.OutputElements; i++)
        {
            dy[i] *= 1e-30f;
        }

        for (long i = 0; i < s.WeightElements; i++)
        {
            w[i] = (i % 3 == 0 ? -1e-30f : 1e-30f) * (1 + (i % 7));
        }

        CheckInputGradient(native, s, 2, dy, w);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void The_weight_gradient_follows_the_rule_for_sums_over_rows(int[] extents, long rows)
    {
        ConvolutionShape s = Of(extents);
        using var native = new Native();
        int half = (int)(rows + 1) / 2;
        using var segments = new Segments(0, half, half, (int)rows);
        float* x = native.Random(rows * s.InputElements);
        float* dy = native.Random(rows * s.OutputElements);
        float* expected = native.Zeros(s.WeightElements);
        WeightGradient(s, segments.Borders, x, dy, expected);
        ForEach(native, s.WeightScratch(rows, 3), (kernel, pool, scratch, what) =>
        {
            float* dw = native.Random(s.WeightElements);
            Convolution.BackwardWeightsWith(kernel, pool, s, segments.Rows, x, dy, dw, (void*)scratch);
            Native.AssertSameBits(expected, dw, s.WeightElements, what);
        });
    }

    [Fact]
    public void The_weight_gradient_of_many_rows_is_the_same_for_any_number_of_threads()
    {
        ConvolutionShape s = Of([2, 16, 16, 3, 3, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1]);
        using var native = new Native();
        using var segments = new Segments(0, 33, 40, 80, 131);
        float* x = native.Random(131 * s.InputElements);
        float* dy = native.Random(131 * s.OutputElements);
        float* expected = native.Zeros(s.WeightElements);
        WeightGradient(s, segments.Borders, x, dy, expected);
        foreach (int threads in (int[])[1, 2, 3, 4])
        {
            using var pool = new ComputePool(threads);
            var memory = new Tensor(DType.UInt8, new Shape(Convolution.BackwardWeightsScratchBytes(s, 131, 4, threads)));
            float* dw = native.Random(s.WeightElements);
            Convolution.BackwardWeights(pool, s, segments.Rows, x, dy, dw, memory.View.Data);
            Native.AssertSameBits(expected, dw, s.WeightElements, $"{threads} threads");
            memory.Dispose();
        }
    }

    [Fact]
    public void The_bias_gradient_is_the_sum_over_rows_and_positions()
    {
        ConvolutionShape s = Of([1, 9, 9, 3, 2, 2, 1, 1, 0, 0, 0, 0, 1, 1, 1]);
        using var native = new Native();
        using var segments = new Segments(0, 70, 70, 99);
        using var pool = new ComputePool(2);
        float* dy = native.Random(99 * s.OutputElements);
        float* db = native.Zeros(3);
        Convolution.BackwardBias(pool, s, segments.Rows, dy, db);
        for (int o = 0; o < 3; o++)
        {
            float expected = SumRule.Sum(segments.Borders, 64, (start, length) => SumRule.Lanes(start, length, t => dy[(t / 64 * s.OutputElements) + (o * 64) + (t % 64)]));
            Assert.Equal(expected, db[o]);
        }
    }

    [Fact]
    public void Impossible_extents_are_refused_with_what_was_seen()
    {
        Assert.Contains("groups must divide both", Assert.Throws<ArgumentException>(() => Of([3, 5, 5, 2, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 2]).Check()).Message);
        Assert.Contains("smaller than the kernel", Assert.Throws<ArgumentException>(() => Of([1, 5, 5, 2, 7, 7, 1, 1, 0, 0, 0, 0, 1, 1, 1]).Check()).Message);
        Assert.Contains("stride is 0", Assert.Throws<ArgumentException>(() => Of([1, 5, 5, 2, 2, 2, 0, 1, 0, 0, 0, 0, 1, 1, 1]).Check()).Message);
    }

    private static void WeightGradient(ConvolutionShape s, int[] borders, float* x, float* dy, float* dw)
    {
        for (long i = 0; i < s.WeightElements; i++)
        {
            long o = i / s.Terms;
            long c = i / (s.KernelHeight * s.KernelWidth) % s.GroupChannels;
            long tap = (i % (s.KernelHeight * s.KernelWidth) * s.GroupChannels) + c;
            dw[i] = SumRule.Sum(borders, s.Positions, (start, length) => SumRule.Chain(
                start,
                length,
                t => dy[(t / s.Positions * s.OutputElements) + (o * s.Positions) + (t % s.Positions)],
                t => Input(s, x, t / s.Positions, o, tap, t % s.Positions)));
        }
    }

    private static void CheckInputGradient(Native native, ConvolutionShape s, long rows, float* dy, float* w)
    {
        float* expected = native.Zeros(rows * s.InputElements);
        for (long i = 0; i < rows * s.InputElements; i++)
        {
            long channel = i / (s.Height * s.Width) % s.Channels;
            long group = channel / s.GroupChannels;
            long pixel = i % (s.Height * s.Width);
            float Output(long t)
            {
                long o = (group * s.GroupOutputs) + (t % s.GroupOutputs);
                long h = (pixel / s.Width) + s.PadTop - (t / s.GroupOutputs / s.KernelWidth * s.DilationHeight);
                long v = (pixel % s.Width) + s.PadLeft - (t / s.GroupOutputs % s.KernelWidth * s.DilationWidth);
                return h < 0 || v < 0 || h % s.StrideHeight != 0 || v % s.StrideWidth != 0 || h / s.StrideHeight >= s.OutputHeight || v / s.StrideWidth >= s.OutputWidth
                    ? 0
                    : dy[(i / s.InputElements * s.OutputElements) + (o * s.Positions) + (h / s.StrideHeight * s.OutputWidth) + (v / s.StrideWidth)];
            }

            float Tap(long t)
            {
                long o = (group * s.GroupOutputs) + (t % s.GroupOutputs);
                return w[(((o * s.GroupChannels) + (channel % s.GroupChannels)) * s.KernelHeight * s.KernelWidth) + (t / s.GroupOutputs)];
            }

            expected[i] = SumRule.Sum(s.KernelHeight * s.KernelWidth * s.GroupOutputs, (start, length) => SumRule.Chain(start, length, Tap, Output));
        }

        ForEach(native, s.DataScratch(rows), (kernel, pool, scratch, what) =>
        {
            float* dx = native.Random(rows * s.InputElements);
            Convolution.BackwardDataWith(kernel, pool, s, rows, dy, w, dx, (void*)scratch);
            Native.AssertSameBits(expected, dx, rows * s.InputElements, what);
        });
    }

    private static float Weight(ConvolutionShape s, float* w, long o, long term) =>
        w[(((o * s.GroupChannels) + (term % s.GroupChannels)) * s.KernelHeight * s.KernelWidth) + (term / s.GroupChannels)];

    private static float Input(ConvolutionShape s, float* x, long row, long o, long term, long pixel)
    {
        long c = (o / s.GroupOutputs * s.GroupChannels) + (term % s.GroupChannels);
        long ih = (pixel / s.OutputWidth * s.StrideHeight) + (term / s.GroupChannels / s.KernelWidth * s.DilationHeight) - s.PadTop;
        long iw = (pixel % s.OutputWidth * s.StrideWidth) + (term / s.GroupChannels % s.KernelWidth * s.DilationWidth) - s.PadLeft;
        return ih < 0 || ih >= s.Height || iw < 0 || iw >= s.Width ? 0 : x[(row * s.InputElements) + (((c * s.Height) + ih) * s.Width) + iw];
    }

    private static ConvolutionShape Of(int[] e) => new()
    {
        Channels = e[0],
        Height = e[1],
        Width = e[2],
        OutputChannels = e[3],
        KernelHeight = e[4],
        KernelWidth = e[5],
        StrideHeight = e[6],
        StrideWidth = e[7],
        PadTop = e[8],
        PadLeft = e[9],
        PadBottom = e[10],
        PadRight = e[11],
        DilationHeight = e[12],
        DilationWidth = e[13],
        Groups = e[14],
    };

    private static void ForEach(Native native, Func<int, long> scratchBytes, Action<MicroKernel, ComputePool, nint, string> test)
    {
        foreach (int threads in (int[])[1, 3])
        {
            using var pool = new ComputePool(threads);
            float* scratch = native.Zeros((scratchBytes(threads) + 63) / 4);
            nint aligned = ((nint)scratch + 63) & ~63;
            foreach (MicroKernel kernel in Enum.GetValues<MicroKernel>())
            {
                test(kernel, pool, aligned, $"{kernel} with {threads} threads");
            }
        }
    }
}

internal static class ScratchSizes
{
    public static Func<int, long> ForwardScratch(this ConvolutionShape s, long rows) => threads => Convolution.ForwardScratchBytes(s, rows, threads) + 64;

    public static Func<int, long> DataScratch(this ConvolutionShape s, long rows) => threads => Convolution.BackwardDataScratchBytes(s, rows, threads) + 64;

    public static Func<int, long> WeightScratch(this ConvolutionShape s, long rows, int segments) => threads => Convolution.BackwardWeightsScratchBytes(s, rows, segments, threads) + 64;
}
