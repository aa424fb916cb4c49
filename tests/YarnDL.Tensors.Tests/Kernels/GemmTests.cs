using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class GemmTests
{
    private static readonly long[] s_awkward = [0, 1, 5, 6, 7, 8, 12, 13, 15, 16, 17, 31, 32, 33];

    public static TheoryData<long, long, long> Shapes
    {
        get
        {
            var data = new TheoryData<long, long, long>();
            foreach (long m in s_awkward)
            {
                data.Add(m, 17, 9);
                data.Add(13, m, 33);
                data.Add(7, 16, m);
            }

            data.Add(100, 10, 300);
            data.Add(3, 5, 4096);
            data.Add(3, 5, 4097);
            data.Add(7, 18, (4096 * 3) + 100);
            data.Add(250, 530, 40);
            data.Add(31, 1, 257);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Every_kernel_and_thread_count_gives_the_bits_of_the_rule(long m, long n, long k)
    {
        using var native = new Native();
        float* a = native.Random(m * k);
        float* b = native.Random(k * n);
        float* bias = native.Random(n);
        float* expected = native.Zeros(m * n);
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
            {
                expected[(i * n) + j] = SumRule.Sum(k, (start, length) => SumRule.Chain(start, length, p => a[(i * k) + p], p => b[(p * n) + j])) + bias[j];
            }
        }

        float* at = native.Zeros(m * k);
        float* bt = native.Zeros(n * k);
        Turn(a, m, k, at);
        Turn(b, k, n, bt);
        foreach (int threads in (int[])[1, 3])
        {
            using var pool = new ComputePool(threads);
            foreach (MicroKernel kernel in Enum.GetValues<MicroKernel>())
            {
                for (int trans = 0; trans < 4; trans++)
                {
                    bool transA = (trans & 1) != 0;
                    bool transB = (trans & 2) != 0;
                    float* c = native.Random(m * n);
                    Gemm.RunWith(
                        kernel, pool, transA, transB, m, n, k, transA ? at : a, transA ? m : k, transB ? bt : b, transB ? k : n, c, n, bias, Activation.None);
                    Native.AssertSameBits(expected, c, m * n, $"{kernel} with {threads} threads, transA {transA}, transB {transB}");
                }
            }
        }
    }

    [Fact]
    public void The_result_is_near_the_product_in_float64()
    {
        const long M = 45;
        const long N = 51;
        const long K = 5000;
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* a = native.Random(M * K);
        float* b = native.Random(K * N);
        float* c = native.Zeros(M * N);
        Gemm.Run(pool, false, false, M, N, K, a, K, b, N, c, N);
        for (long i = 0; i < M; i++)
        {
            for (long j = 0; j < N; j++)
            {
                double sum = 0;
                double size = 0;
                for (long p = 0; p < K; p++)
                {
                    double term = (double)a[(i * K) + p] * b[(p * N) + j];
                    sum += term;
                    size += Math.Abs(term);
                }

                Assert.InRange(c[(i * N) + j], sum - (size * 2e-6), sum + (size * 2e-6));
            }
        }
    }

    [Fact]
    public void A_row_does_not_depend_on_how_many_rows_there_are()
    {
        const long N = 37;
        const long K = 1111;
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* a = native.Random(300 * K);
        float* b = native.Random(K * N);
        float* all = native.Zeros(300 * N);
        Gemm.Run(pool, false, true, 300, N, K, a, K, b, K, all, N);
        foreach (long m in (long[])[1, 2, 5, 6, 7, 64, 299])
        {
            float* some = native.Zeros(m * N);
            Gemm.Run(pool, false, true, m, N, K, a, K, b, K, some, N);
            Native.AssertSameBits(all, some, m * N, $"{m} rows");
        }
    }

    [Theory]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Sigmoid)]
    public void A_fused_activation_gives_the_bits_of_the_kernel_afterwards(Activation activation)
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* a = native.Random(20 * 30);
        float* b = native.Random(30 * 43);
        float* bias = native.Random(43);
        float* fused = native.Zeros(20 * 43);
        float* plain = native.Zeros(20 * 43);
        Gemm.Run(pool, false, false, 20, 43, 30, a, 30, b, 43, fused, 43, bias, activation);
        Gemm.Run(pool, false, false, 20, 43, 30, a, 30, b, 43, plain, 43, bias);
        switch (activation)
        {
            case Activation.Relu: Elementwise.Unary<UnaryOperators.Relu>(pool, 20 * 43, plain, plain); break;
            case Activation.Tanh: Elementwise.Unary<UnaryOperators.Tanh>(pool, 20 * 43, plain, plain); break;
            default: Elementwise.Unary<UnaryOperators.Sigmoid>(pool, 20 * 43, plain, plain); break;
        }

        Native.AssertSameBits(plain, fused, 20 * 43, activation.ToString());
    }

    public static TheoryData<int[], long, long, long> RowSums => new()
    {
        { [0, 1], 1, 3, 5 }, { [0, 0], 1, 3, 5 }, { [0, 32, 64, 96, 128], 1, 13, 35 }, { [0, 8, 8, 8, 17, 30], 1, 7, 16 }, { [0, 9000], 1, 6, 17 },
        { [0, 3, 3, 5, 6], 1500, 5, 9 }, { [0, 2, 3], 5000, 4, 3 }, { [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16], 3, 33, 20 }, { [0, 40], 100, 6, 25 },
        { [0, 64, 128, 256, 256], 1, 250, 40 }, { [0, 5], 0, 2, 2 },
    };

    [Theory]
    [MemberData(nameof(RowSums))]
    public void A_weight_gradient_follows_the_rule_for_sums_over_rows(int[] borders, long positions, long m, long n)
    {
        using var native = new Native();
        using var segments = new Segments(borders);
        long terms = borders[^1] * positions;
        float* a = native.Random(terms * m);
        float* b = native.Random(terms * n);
        float* expected = native.Zeros(m * n);
        RowSum(borders, positions, m, n, a, b, expected, SumRule.Fault.None);
        foreach (int threads in (int[])[1, 2, 4])
        {
            using var pool = new ComputePool(threads);
            foreach (MicroKernel kernel in Enum.GetValues<MicroKernel>())
            {
                float* c = native.Random(m * n);
                Gemm.SumOverRowsWith(kernel, pool, segments.Rows, positions, m, n, a, m, b, n, c, n);
                Native.AssertSameBits(expected, c, m * n, $"{kernel} with {threads} threads");
            }
        }
    }

    [Theory]
    [InlineData(SumRule.Fault.LeftFold)]
    [InlineData(SumRule.Fault.TwoHalves)]
    [InlineData(SumRule.Fault.OneChain)]
    public void Another_order_of_the_sum_would_show(object fault)
    {
        int[] borders = [0, 10, 20, 30, 40, 50];
        using var native = new Native();
        using var segments = new Segments(borders);
        using var pool = new ComputePool(2);
        float* a = native.Random(50 * 700 * 4);
        float* b = native.Random(50 * 700 * 3);
        float* wrong = native.Zeros(12);
        float* right = native.Zeros(12);
        RowSum(borders, 700, 4, 3, a, b, wrong, (SumRule.Fault)fault);
        Gemm.SumOverRows(pool, segments.Rows, 700, 4, 3, a, 4, b, 3, right, 3);
        Assert.False(Native.SameBits(right, wrong, 12));
    }

    [Fact]
    public void Rows_may_lie_further_apart_than_they_are_long()
    {
        using var native = new Native();
        using var pool = new ComputePool(1);
        float* a = native.Random(5 * 11);
        float* b = native.Random(7 * 20);
        float* c = native.Random(5 * 30);
        float* before = native.Zeros(5 * 30);
        Memory.Copy(pool, 5 * 30 * 4, c, before);
        Gemm.Run(pool, false, false, 5, 17, 7, a, 11, b, 20, c, 30);
        for (long i = 0; i < 5; i++)
        {
            for (long j = 0; j < 30; j++)
            {
                float expected = j < 17 ? SumRule.Chain(0, 7, p => a[(i * 11) + p], p => b[(p * 20) + j]) : before[(i * 30) + j];
                Assert.Equal(expected, c[(i * 30) + j]);
            }
        }
    }

    [Fact]
    public void Strides_shorter_than_a_row_are_refused()
    {
        using var pool = new ComputePool(1);
        var e = Assert.Throws<ArgumentException>(() => Gemm.Run(pool, false, false, 2, 3, 4, null, 3, null, 3, null, 3));
        Assert.StartsWith("[matmul] ", e.Message);
    }

    private static void RowSum(int[] borders, long positions, long m, long n, float* a, float* b, float* c, SumRule.Fault fault)
    {
        for (long i = 0; i < m; i++)
        {
            for (long j = 0; j < n; j++)
            {
                c[(i * n) + j] = SumRule.Sum(borders, positions, (start, length) => SumRule.Chain(start, length, p => a[(p * m) + i], p => b[(p * n) + j]), fault);
            }
        }
    }

    private static void Turn(float* source, long rows, long columns, float* target)
    {
        for (long i = 0; i < rows; i++)
        {
            for (long j = 0; j < columns; j++)
            {
                target[(j * rows) + i] = source[(i * columns) + j];
            }
        }
    }
}
