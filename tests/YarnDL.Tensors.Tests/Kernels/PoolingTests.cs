using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class PoolingTests
{
    // channels, height, width, kernel h, w, stride h, w, pads top, left, bottom, right, dilation h, w, ceil, count pad
    public static TheoryData<int[]> Shapes => new()
    {
        new[] { 6, 28, 28, 2, 2, 2, 2, 0, 0, 0, 0, 1, 1, 0, 0 }, new[] { 3, 7, 9, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0 }, new[] { 2, 7, 8, 3, 2, 2, 3, 1, 0, 0, 1, 1, 1, 1, 0 },
        new[] { 2, 5, 5, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1 }, new[] { 1, 1, 17, 1, 4, 1, 3, 0, 2, 0, 1, 1, 1, 0, 1 }, new[] { 4, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0 },
        new[] { 2, 11, 10, 3, 3, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0 }, new[] { 1, 4, 4, 1, 1, 3, 3, 0, 0, 0, 0, 1, 1, 1, 0 },
        new[] { 1, 20, 37, 3, 3, 2, 2, 1, 1, 1, 1, 1, 1, 0, 0 }, new[] { 2, 9, 30, 2, 3, 1, 1, 1, 2, 1, 1, 1, 1, 0, 1 }, new[] { 1, 33, 33, 3, 3, 2, 2, 0, 2, 0, 2, 2, 2, 1, 0 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Maxima_and_their_gradient_follow_the_definition(int[] e)
    {
        PoolingShape s = Of(e);
        using var native = new Native();
        using var pool = new ComputePool(2);
        long planes = 3 * s.Channels;
        float* x = native.Random(planes * s.Height * s.Width);
        float* y = native.Zeros(planes * s.Positions);
        float* dy = native.Random(planes * s.Positions);
        float* dx = native.Random(planes * s.Height * s.Width);
        float* expected = native.Zeros(planes * s.Height * s.Width);
        using var indices = new Tensor(DType.Int32, new Shape(planes * s.Positions));
        Pooling.MaxForward(pool, s, 3, x, y, indices.View.I32);
        Pooling.MaxBackward(pool, s, 3, dy, indices.View.I32, dx);
        for (long o = 0; o < planes * s.Positions; o++)
        {
            long plane = o / s.Positions * s.Height * s.Width;
            long[] taps = [.. Taps(s, o % s.Positions, s.DilationHeight, s.DilationWidth)];
            long best = taps.MaxBy(t => x[plane + t]);
            Assert.Equal(x[plane + best], y[o]);
            Assert.Equal(best, indices.View.I32[o]);
            expected[plane + best] += dy[o];
        }

        Native.AssertSameBits(expected, dx, planes * s.Height * s.Width, "gradient");
        Pooling.MaxForward(pool, s, 3, x, y, null);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Means_and_their_gradient_follow_the_definition(int[] e)
    {
        PoolingShape s = Of(e) with { DilationHeight = 1, DilationWidth = 1 };
        using var native = new Native();
        using var pool = new ComputePool(2);
        long planes = 3 * s.Channels;
        float* x = native.Random(planes * s.Height * s.Width);
        float* y = native.Zeros(planes * s.Positions);
        float* dy = native.Random(planes * s.Positions);
        float* dx = native.Random(planes * s.Height * s.Width);
        float* expected = native.Zeros(planes * s.Height * s.Width);
        if (s.PadTop >= s.KernelHeight || s.PadLeft >= s.KernelWidth)
        {
            Assert.Throws<ArgumentException>(() => Pooling.AverageForward(pool, s, 3, x, y));
            return;
        }

        Pooling.AverageForward(pool, s, 3, x, y);
        Pooling.AverageBackward(pool, s, 3, dy, dx);
        for (long o = 0; o < planes * s.Positions; o++)
        {
            long plane = o / s.Positions * s.Height * s.Width;
            long[] taps = [.. Taps(s, o % s.Positions, 1, 1)];
            long oh = o % s.Positions / s.OutputWidth;
            long ow = o % s.Positions % s.OutputWidth;
            long divisor = !s.CountIncludePad ? taps.Length
                : (Math.Min((oh * s.StrideHeight) - s.PadTop + s.KernelHeight, s.Height + s.PadBottom) - ((oh * s.StrideHeight) - s.PadTop))
                * (Math.Min((ow * s.StrideWidth) - s.PadLeft + s.KernelWidth, s.Width + s.PadRight) - ((ow * s.StrideWidth) - s.PadLeft));
            float sum = taps.Aggregate(0f, (total, t) => total + x[plane + t]);
            Assert.Equal(sum / divisor, y[o]);
            foreach (long t in taps)
            {
                expected[plane + t] += dy[o] / divisor;
            }
        }

        Native.AssertSameBits(expected, dx, planes * s.Height * s.Width, "gradient");
    }

    [Fact]
    public void The_first_of_equals_and_NaN_win()
    {
        var s = new PoolingShape { Channels = 1, Height = 2, Width = 4, KernelHeight = 2, KernelWidth = 2, StrideHeight = 2, StrideWidth = 2 };
        using var native = new Native();
        using var pool = new ComputePool(1);
        float* x = native.From(5, 5, 1, float.NaN, 5, 5, 9, float.NaN);
        float* wide = native.Zeros(2 * 20);
        for (int i = 0; i < 40; i++)
        {
            wide[i] = i % 20 == 10 ? float.NaN : i % 20 < 6 ? float.NegativeInfinity : 5;
        }

        using var wideIndices = new Tensor(DType.Int32, new Shape(10));
        float* wideY = native.Zeros(10);
        Pooling.MaxForward(pool, s with { Width = 20 }, 1, wide, wideY, wideIndices.View.I32);
        Assert.Equal([0, 2, 4, 6, 8, 10, 12, 14, 16, 18], wideIndices.Span<int>().ToArray());
        Assert.True(float.IsNaN(wideY[5]) && wideY[0] == float.NegativeInfinity && wideY[9] == 5);
        float* y = native.Zeros(2);
        using var indices = new Tensor(DType.Int32, new Shape(2));
        Pooling.MaxForward(pool, s, 1, x, y, indices.View.I32);
        Assert.True(y[0] == 5 && indices.View.I32[0] == 0 && float.IsNaN(y[1]) && indices.View.I32[1] == 3);
    }

    [Fact]
    public void Impossible_extents_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Of([1, 4, 4, 2, 2, 1, 1, 2, 0, 0, 0, 1, 1, 0, 0]).Check());
        Assert.Throws<ArgumentException>(() => Of([1, 4, 4, 2, 2, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0]).Check());
        Assert.Throws<ArgumentException>(() => Of([1, 4, 4, 5, 2, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0]).Check());
    }

    private static IEnumerable<long> Taps(PoolingShape s, long position, long dilationHeight, long dilationWidth)
    {
        for (long kh = 0; kh < s.KernelHeight; kh++)
        {
            for (long kw = 0; kw < s.KernelWidth; kw++)
            {
                long ih = (position / s.OutputWidth * s.StrideHeight) - s.PadTop + (kh * dilationHeight);
                long iw = (position % s.OutputWidth * s.StrideWidth) - s.PadLeft + (kw * dilationWidth);
                if (ih >= 0 && ih < s.Height && iw >= 0 && iw < s.Width)
                {
                    yield return (ih * s.Width) + iw;
                }
            }
        }
    }

    private static PoolingShape Of(int[] e) => new()
    {
        Channels = e[0],
        Height = e[1],
        Width = e[2],
        KernelHeight = e[3],
        KernelWidth = e[4],
        StrideHeight = e[5],
        StrideWidth = e[6],
        PadTop = e[7],
        PadLeft = e[8],
        PadBottom = e[9],
        PadRight = e[10],
        DilationHeight = e[11],
        DilationWidth = e[12],
        CeilMode = e[13] != 0,
        CountIncludePad = e[14] != 0,
    };
}
