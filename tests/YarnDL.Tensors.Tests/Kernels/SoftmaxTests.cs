using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class SoftmaxTests
{
    public static TheoryData<int, int, int> Shapes => new() { { 1, 1, 1 }, { 5, 10, 1 }, { 3, 17, 4 }, { 2, 5000, 1 }, { 0, 3, 1 }, { 300, 8, 3 }, { 4, 0, 2 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Softmax_and_its_logarithm_agree_with_float64(int outer, int n, int inner)
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        long count = (long)outer * n * inner;
        float* x = native.Random(count);
        float* dy = native.Random(count);
        float* y = native.Zeros(count);
        float* log = native.Zeros(count);
        float* dx = native.Zeros(count);
        float* dxLog = native.Zeros(count);
        for (long i = 0; i < count; i++)
        {
            x[i] *= 20;
        }

        Softmax.Forward(pool, outer, n, inner, x, y);
        Softmax.LogForward(pool, outer, n, inner, x, log);
        Softmax.Backward(pool, outer, n, inner, y, dy, dx);
        Softmax.LogBackward(pool, outer, n, inner, log, dy, dxLog);
        for (int line = 0; line < (n == 0 ? 0 : outer * inner); line++)
        {
            long start = (line / inner * (long)n * inner) + (line % inner);
            long At(int i) => start + ((long)i * inner);
            double[] e = [.. Enumerable.Range(0, n).Select(i => Math.Exp((double)x[At(i)]))];
            double sum = e.Sum();
            double dot = Enumerable.Range(0, n).Sum(i => e[i] / sum * dy[At(i)]);
            double total = Enumerable.Range(0, n).Sum(i => (double)dy[At(i)]);
            for (int i = 0; i < n; i++)
            {
                double p = e[i] / sum;
                Near(p, y[At(i)], 5e-6, 1e-12); // x - max is rounded to float32
                Near(Math.Log(p), log[At(i)], 1e-6, 1e-5);
                Near(p * (dy[At(i)] - dot), dx[At(i)], 1e-5, 1e-6);
                Near(dy[At(i)] - (p * total), dxLog[At(i)], 1e-5, 2e-5);
            }
        }
    }

    [Fact]
    public void Huge_logits_do_not_overflow()
    {
        using var native = new Native();
        using var pool = new ComputePool(1);
        float* x = native.From(1000, 999, -1000, float.NegativeInfinity);
        float* y = native.Zeros(4);
        Softmax.Forward(pool, 1, 4, 1, x, y);
        Near(1 / (1 + Math.Exp(-1)), y[0], 1e-6, 0);
        Assert.Equal((0, 0), (y[2], y[3]));
        Softmax.LogForward(pool, 1, 4, 1, x, x);
        Near(-Math.Log(1 + Math.Exp(-1)), x[0], 1e-6, 0);
    }

    [Fact]
    public void A_row_does_not_depend_on_its_neighbours_nor_on_the_layout()
    {
        using var native = new Native();
        float* x = native.Random(37 * 10);
        float* turned = native.Zeros(370);
        float* all = native.Zeros(370);
        float* one = native.Zeros(370);
        float* layout = native.Zeros(370);
        for (int i = 0; i < 370; i++)
        {
            turned[(i % 10 * 37) + (i / 10)] = x[i];
        }

        using var pool = new ComputePool(3);
        Softmax.Forward(pool, 37, 10, 1, x, all);
        Softmax.Forward(pool, 1, 10, 37, turned, layout);
        for (int r = 0; r < 37; r++)
        {
            Softmax.Forward(pool, 1, 10, 1, x + (10 * r), one + (10 * r));
        }

        Native.AssertSameBits(all, one, 370, "row by row");
        for (int i = 0; i < 370; i++)
        {
            Assert.Equal(all[i], layout[(i % 10 * 37) + (i / 10)]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Cross_entropy_and_its_gradient_agree_with_float64(int positions)
    {
        const int Rows = 29;
        const int Classes = 11;
        using var native = new Native();
        using var pool = new ComputePool(2);
        int lines = Rows * positions;
        float* logits = native.Random(lines * Classes);
        float* weights = native.Random(Classes);
        float* scale = native.Random(lines);
        using Tensor labels = Tensor.From<long>(new Shape(lines), [.. Enumerable.Range(0, lines).Select(i => i % 13 == 5 ? -1L : i * 7 % Classes)]);
        long* label = labels.View.I64;
        float* losses = native.Zeros(lines);
        float* gradients = native.Random(lines * Classes);
        CrossEntropy.Forward(pool, Rows, Classes, positions, logits, label, weights, -1, losses);
        CrossEntropy.Backward(pool, Rows, Classes, positions, logits, label, weights, -1, scale, gradients);
        for (int line = 0; line < lines; line++)
        {
            long start = (line / positions * Classes * positions) + (line % positions);
            double sum = Enumerable.Range(0, Classes).Sum(c => Math.Exp((double)logits[start + (c * positions)]));
            bool counts = label[line] >= 0;
            Near(counts ? weights[label[line]] * (Math.Log(sum) - logits[start + (label[line] * positions)]) : 0, losses[line], 1e-6, 1e-6);
            for (int c = 0; c < Classes; c++)
            {
                double p = Math.Exp((double)logits[start + (c * positions)]) / sum;
                Near(counts ? scale[line] * weights[label[line]] * (p - (c == label[line] ? 1 : 0)) : 0, gradients[start + (c * positions)], 1e-5, 1e-7);
            }
        }

        CrossEntropy.Forward(pool, Rows, Classes, positions, logits, label, null, -1, losses);
        double first = Enumerable.Range(0, Classes).Sum(c => Math.Exp((double)logits[c * positions]));
        Near(Math.Log(first) - logits[0], losses[0], 1e-6, 1e-6);
    }

    [Fact]
    public void A_label_out_of_range_is_refused_with_its_row()
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* logits = native.Random(30);
        float* losses = native.Zeros(3);
        using Tensor labels = Tensor.From<long>(new Shape(3), [1, 2, 10]);
        long* label = labels.View.I64;
        var e = Assert.ThrowsAny<ArgumentException>(() => CrossEntropy.Forward(pool, 3, 10, 1, logits, label, null, -1, losses));
        Assert.Contains("label 10 in row 2; labels must be in 0..9", e.Message);
    }

    private static void Near(double expected, float actual, double relative, double absolute) =>
        Assert.InRange(actual, expected - absolute - (relative * Math.Abs(expected)), expected + absolute + (relative * Math.Abs(expected)));
}
