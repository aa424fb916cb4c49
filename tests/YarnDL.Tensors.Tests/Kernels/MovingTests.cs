using YarnDL.Tensors.Kernels;

namespace YarnDL.Tensors.Tests.Kernels;

/// <summary>Copies, casts, transposes and gathers: what moves numbers without computing.</summary>
public sealed unsafe class MovingTests
{
    public static TheoryData<long[], int[]> Transposes => new()
    {
        { [], [] }, { [5], [0] }, { [3, 7], [1, 0] }, { [2, 3, 4], [2, 0, 1] }, { [2, 3, 4, 5], [0, 2, 3, 1] }, { [200, 300], [1, 0] }, { [3, 0, 2], [2, 1, 0] }, { [2, 2, 2, 2, 2], [4, 2, 0, 1, 3] },
    };

    [Theory]
    [MemberData(nameof(Transposes))]
    public void A_transpose_puts_every_element_in_its_place(long[] dims, int[] permutation)
    {
        var shape = new Shape(dims);
        Shape turned = Transpose.ShapeOf(shape, permutation);
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* x = native.Random(shape.ElementCount);
        float* y = native.Zeros(shape.ElementCount);
        Transpose.Run(pool, shape, permutation, x, y);
        for (long i = 0; i < shape.ElementCount; i++)
        {
            long place = 0;
            for (int a = 0; a < dims.Length; a++)
            {
                place += i / shape.CountFrom(permutation[a] + 1) % dims[permutation[a]] * turned.CountFrom(a + 1);
            }

            Assert.Equal(x[i], y[place]);
        }
    }

    [Fact]
    public void A_permutation_that_names_an_axis_twice_is_refused()
    {
        Assert.Throws<ArgumentException>(() => Transpose.ShapeOf(new Shape(2, 3), [0, 0]));
        Assert.Throws<ArgumentException>(() => Transpose.ShapeOf(new Shape(2, 3), [0]));
    }

    [Fact]
    public void Rows_are_gathered_by_number_from_either_end()
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        float* table = native.Random(5 * 3);
        float* rows = native.Zeros(4 * 3);
        using Tensor indices = Tensor.From<long>(new Shape(4), [4, 0, -1, -5]);
        Gather.Rows(pool, 12, 5, table, 4, indices.View.I64, rows);
        int[] expected = [4, 0, 4, 0];
        for (int i = 0; i < 12; i++)
        {
            Assert.Equal(table[(expected[i / 3] * 3) + (i % 3)], rows[i]);
        }

        indices.Span<long>()[2] = 5;
        long* bad = indices.View.I64;
        var e = Assert.ThrowsAny<ArgumentException>(() => Gather.Rows(pool, 12, 5, table, 4, bad, rows));
        Assert.Contains("index 5 at place 2; indices must be in -5..4", e.Message);
    }

    [Fact]
    public void Copies_clears_and_fills_touch_exactly_their_area()
    {
        using var native = new Native();
        using var pool = new ComputePool(2);
        foreach (long count in (long[])[0, 1, 100, 65536, 65537, 300_000])
        {
            float* x = native.Random(count);
            float* y = native.Zeros(count);
            Memory.Copy(pool, count * 4, x, y);
            Native.AssertSameBits(x, y, count, "copy");
            Memory.Fill(pool, count, 2.5f, y);
            Assert.True(new ReadOnlySpan<float>(y, (int)count).IndexOfAnyExcept(2.5f) < 0);
            Memory.Clear(pool, count * 4, y);
            Assert.True(new ReadOnlySpan<float>(y, (int)count).IndexOfAnyExcept(0f) < 0);
        }
    }

    [Fact]
    public void Floats_become_integers_towards_zero_and_saturate()
    {
        Assert.Equal([1, -1, int.MaxValue, int.MinValue, 0, 0], Cast<float, int>([1.9f, -1.9f, 3e9f, float.NegativeInfinity, float.NaN, -0f]));
        Assert.Equal([255, 0, 7], Cast<float, byte>([300f, -3f, 7.5f]));
        Assert.Equal([long.MaxValue, -5], Cast<double, long>([1e30, -5.5]));
    }

    [Fact]
    public void Integers_wrap_and_become_the_nearest_float()
    {
        Assert.Equal([-1, 44], Cast<int, sbyte>([255, 300]));
        Assert.Equal([16777216f, 16777220f, -3f], Cast<long, float>([16777217, 16777219, -3]));
        Assert.Equal([9007199254740993], Cast<long, long>([9007199254740993]));
        Assert.Equal([-1L, 1L], Cast<short, long>([-1, 1]));
    }

    [Fact]
    public void Anything_but_zero_is_true()
    {
        Assert.Equal([1, 0, 1, 1], Cast<float, byte>([0.1f, -0f, float.NaN, -2], to: DType.Bool));
        Assert.Equal([1f, 0f], Cast<byte, float>([7, 0], from: DType.Bool));
    }

    [Fact]
    public void Bfloat16_is_rounded_to_nearest_even()
    {
        ushort[] stored = Cast<float, ushort>([1f, 1.00390625f, 1.01171875f, float.NaN, float.PositiveInfinity, 3.4e38f], to: DType.BFloat16);
        Assert.Equal([0x3F80, 0x3F80, 0x3F82, 0x7F80, 0x7F80], [stored[0], stored[1], stored[2], stored[4], stored[5]]);
        Assert.True(float.IsNaN(Cast<ushort, float>(stored, from: DType.BFloat16)[3]));
        Assert.Equal([1.015625f], Cast<ushort, float>([0x3F82], from: DType.BFloat16));
    }

    private static TTo[] Cast<TFrom, TTo>(TFrom[] values, DType from = 0, DType to = 0) where TFrom : unmanaged where TTo : unmanaged
    {
        using var pool = new ComputePool(2);
        var result = new TTo[values.Length];
        fixed (TFrom* x = values)
        fixed (TTo* y = result)
        {
            YarnDL.Tensors.Kernels.Cast.Run(pool, values.Length, from == 0 ? DTypes.Of<TFrom>() : from, x, to == 0 ? DTypes.Of<TTo>() : to, y);
        }

        return result;
    }
}
