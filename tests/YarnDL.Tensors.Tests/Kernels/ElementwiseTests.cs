using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

public sealed unsafe class ElementwiseTests
{
    private static readonly long[] s_counts = [0, 1, 7, 8, 9, 16, 33, 16384, 16385, 50_001];

    [Fact]
    public void Unary_functions_give_the_scalar_bits_everywhere()
    {
        Unary<UnaryOperators.Relu>(x => x > 0 ? x : 0);
        Unary<UnaryOperators.Negate>(x => -x);
        Unary<UnaryOperators.Abs>(MathF.Abs);
        Unary<UnaryOperators.Sign>(x => MathF.Sign(x));
        Unary<UnaryOperators.Square>(x => x * x);
        Unary<UnaryOperators.Reciprocal>(x => 1 / x);
        Unary<UnaryOperators.Floor>(MathF.Floor);
        Unary<UnaryOperators.Ceiling>(MathF.Ceiling);
        Unary<UnaryOperators.Round>(x => MathF.Round(x, MidpointRounding.ToEven));
        Unary<UnaryOperators.Identity>(x => x);
        Unary<UnaryOperators.Exp>(Maths.Exp);
        Unary<UnaryOperators.Tanh>(Maths.Tanh);
        Unary<UnaryOperators.Sigmoid>(Maths.Sigmoid);
        Unary<UnaryOperators.Erf>(Maths.Erf);
        Unary<UnaryOperators.Sin>(Maths.Sin);
        Unary<UnaryOperators.Cos>(Maths.Cos);
        Unary<UnaryOperators.Softplus>(x => (x > 0 ? x : 0) + Maths.Log1p(Maths.Exp(-MathF.Abs(x))));
        Unary<UnaryOperators.Gelu>(x => x * 0.5f * (1 + Maths.Erf(x * 0.707106769f)));
        Unary<UnaryOperators.Log>(Maths.Log);
        Unary<UnaryOperators.Sqrt>(MathF.Sqrt);
    }

    [Fact]
    public void Binary_functions_give_the_scalar_bits_everywhere()
    {
        Binary<BinaryOperators.Add>((x, y) => x + y);
        Binary<BinaryOperators.Subtract>((x, y) => x - y);
        Binary<BinaryOperators.Multiply>((x, y) => x * y);
        Binary<BinaryOperators.Divide>((x, y) => x / y);
        Binary<BinaryOperators.Maximum>(MathF.Max);
        Binary<BinaryOperators.Minimum>(MathF.Min);
        Binary<BinaryOperators.SquaredDifference>((x, y) => (x - y) * (x - y));
        Binary<BinaryOperators.ReluGradient>((x, y) => y > 0 ? x : 0);
        Binary<BinaryOperators.TanhGradient>((x, y) => x * MathF.FusedMultiplyAdd(-y, y, 1));
        Binary<BinaryOperators.SigmoidGradient>((x, y) => x * (y * (1 - y)));
        Binary<BinaryOperators.LeakyRelu>((x, y) => x > 0 ? x : x * y);
        Binary<BinaryOperators.Power>(Maths.Pow);
    }

    [Fact]
    public void Ternary_functions_give_the_scalar_bits_everywhere()
    {
        Ternary<TernaryOperators.MultiplyAdd>(MathF.FusedMultiplyAdd);
        Ternary<TernaryOperators.Where>((x, y, z) => x != 0 ? y : z);
        Ternary<TernaryOperators.Clip>((x, y, z) => MathF.Min(MathF.Max(x, y), z));
    }

    [Fact]
    public void A_rectifier_keeps_NaN_and_makes_no_negative_zero()
    {
        using var native = new Native();
        using var pool = new ComputePool(1);
        float* x = native.From(float.NaN, -0f, float.NegativeInfinity, float.PositiveInfinity);
        Elementwise.Unary<UnaryOperators.Relu>(pool, 4, x, x);
        Assert.True(float.IsNaN(x[0]) && x[1] == 0 && !float.IsNegative(x[1]) && x[2] == 0 && x[3] == float.PositiveInfinity);
    }

    public static TheoryData<long[], long[]> Broadcasts => new()
    {
        { [3, 4], [3, 4] }, { [3, 4], [4] }, { [3, 4], [3, 1] }, { [3, 1], [1, 17] }, { [2, 3, 4, 5], [3, 1, 1] }, { [2, 3, 4, 5], [2, 1, 4, 1] }, { [], [7, 9] }, { [5, 33], [] },
        { [], [] }, { [1, 1], [1] }, { [0, 3], [1, 3] }, { [3, 0], [1] }, { [1, 5, 1, 6], [4, 1, 3, 1] }, { [40, 700], [700] }, { [128, 10], [128, 1] }, { [6, 1, 1, 5], [6, 9, 8, 5] },
    };

    [Theory]
    [MemberData(nameof(Broadcasts))]
    public void Shapes_are_broadcast_from_the_last_axis(long[] xDims, long[] yDims)
    {
        var xShape = new Shape(xDims);
        var yShape = new Shape(yDims);
        Shape shape = Elementwise.BroadcastShape(xShape, yShape);
        using var native = new Native();
        float* x = native.Random(xShape.ElementCount);
        float* y = native.Random(yShape.ElementCount);
        foreach (int threads in (int[])[1, 3])
        {
            using var pool = new ComputePool(threads);
            float* z = native.Random(shape.ElementCount);
            Elementwise.Binary<BinaryOperators.Subtract>(pool, xShape, x, yShape, y, z);
            for (long i = 0; i < shape.ElementCount; i++)
            {
                Assert.Equal(x[Place(shape, xShape, i)] - y[Place(shape, yShape, i)], z[i]);
            }
        }
    }

    [Fact]
    public void Shapes_that_do_not_go_together_are_refused_by_name()
    {
        using var pool = new ComputePool(1);
        var e = Assert.Throws<ArgumentException>(() => Elementwise.BroadcastShape(new Shape(3, 4), new Shape(3, 5)));
        Assert.Equal("[broadcast] shapes (3, 4) and (3, 5) do not go together; each extent must be equal or 1", e.Message);
        Assert.Throws<ArgumentException>(() => Elementwise.Binary<BinaryOperators.Add>(pool, new Shape(3), null, new Shape(2), null, null));
    }

    private static long Place(Shape shape, Shape operand, long i)
    {
        long place = 0;
        long stride = 1;
        for (int a = 1; a <= shape.Rank; a++)
        {
            if (a <= operand.Rank)
            {
                place += operand[^a] == 1 ? 0 : i % shape[^a] * stride;
                stride *= operand[^a];
            }

            i /= shape[^a];
        }

        return place;
    }

    private static void Unary<TOp>(Func<float, float> scalar) where TOp : struct, IUnaryOperator<TOp>
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        foreach (long count in s_counts)
        {
            float* x = native.Random(count);
            float* y = native.Zeros(count);
            float* expected = native.Zeros(count);
            for (long i = 0; i < count; i++)
            {
                expected[i] = scalar(x[i] *= 3);
            }

            Elementwise.Unary<TOp>(pool, count, x, y);
            AssertEqual(expected, y, count, typeof(TOp).Name);
            Elementwise.Unary<TOp>(pool, count, x, x);
            AssertEqual(expected, x, count, typeof(TOp).Name + " in place");
        }
    }

    private static void Binary<TOp>(Func<float, float, float> scalar) where TOp : struct, IBinaryOperator<TOp>
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        foreach (long count in s_counts)
        {
            float* x = native.Random(count);
            float* y = native.Random(count);
            float* z = native.Zeros(count);
            float* expected = native.Zeros(count);
            for (long i = 0; i < count; i++)
            {
                expected[i] = scalar(x[i], y[i]);
            }

            Elementwise.Binary<TOp>(pool, count, x, y, z);
            AssertEqual(expected, z, count, typeof(TOp).Name);
            for (long i = 0; i < count; i++)
            {
                expected[i] = scalar(x[i], 0.3f);
            }

            Elementwise.BinaryScalar<TOp>(pool, count, x, 0.3f, z);
            AssertEqual(expected, z, count, typeof(TOp).Name + " with a scalar");
        }
    }

    private static void Ternary<TOp>(Func<float, float, float, float> scalar) where TOp : struct, ITernaryOperator<TOp>
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        foreach (long count in s_counts)
        {
            float* x = native.Random(count);
            float* y = native.Random(count);
            float* z = native.Random(count);
            float* w = native.Zeros(count);
            float* expected = native.Zeros(count);
            for (long i = 0; i < count; i++)
            {
                x[i] = i % 3 == 0 ? 0 : x[i];
                expected[i] = scalar(x[i], y[i], z[i]);
            }

            Elementwise.Ternary<TOp>(pool, count, x, y, z, w);
            AssertEqual(expected, w, count, typeof(TOp).Name);
        }
    }

    // Equal bits, or both NaN.
    private static void AssertEqual(float* expected, float* actual, long count, string what)
    {
        for (long i = 0; i < count; i++)
        {
            if (expected[i] != actual[i] && !(float.IsNaN(expected[i]) && float.IsNaN(actual[i])))
            {
                Assert.Fail($"{what}: element {i} of {count} is {actual[i]:R}, expected {expected[i]:R}");
            }
        }
    }
}
