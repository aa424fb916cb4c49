using YarnDL.Tensors;

namespace YarnDL.Tensors.Tests;

/// <summary>Native float arrays for one test: guarded at both ends, so that a kernel that writes outside is caught when they are disposed.</summary>
internal sealed unsafe class Native : IDisposable
{
    private const int Guard = 16;
    private const float Mark = 1234.5678f;
    private readonly List<(Tensor Memory, long Count)> _arrays = [];
    private ulong _seed;

    public Native(ulong seed = 1)
    {
        _seed = seed;
    }

    public float* Zeros(long count)
    {
        var t = new Tensor(DType.Float32, new Shape(count + (2 * Guard)));
        float* p = (float*)t.View.Data;
        for (int i = 0; i < Guard; i++)
        {
            p[i] = Mark;
            p[count + Guard + i] = Mark;
        }

        _arrays.Add((t, count));
        return p + Guard;
    }

    /// <summary>Uniform in -1 .. 1, with full mantissas, so that a change in the order of a sum shows.</summary>
    public float* Random(long count)
    {
        float* p = Zeros(count);
        _seed++;
        for (long i = 0; i < count; i++)
        {
            PhiloxWords w = Philox.Words(_seed, 0x99_0000, 0, 0, 0, i >> 2);
            p[i] = (2 * Philox.Uniform(w[(int)(i & 3)])) - 1 + 1e-7f;
        }

        return p;
    }

    public float* From(params ReadOnlySpan<float> values)
    {
        float* p = Zeros(values.Length);
        values.CopyTo(new Span<float>(p, values.Length));
        return p;
    }

    public static void AssertSameBits(float* expected, float* actual, long count, string what)
    {
        for (long i = 0; i < count; i++)
        {
            if (BitConverter.SingleToUInt32Bits(expected[i]) != BitConverter.SingleToUInt32Bits(actual[i]))
            {
                Assert.Fail($"{what}: element {i} of {count} is {actual[i]:R}, expected {expected[i]:R}");
            }
        }
    }

    public static bool SameBits(float* a, float* b, long count) =>
        new ReadOnlySpan<byte>(a, checked((int)count * 4)).SequenceEqual(new ReadOnlySpan<byte>(b, (int)count * 4));

    public void Dispose()
    {
        foreach ((Tensor memory, long count) in _arrays)
        {
            Span<float> all = memory.Span<float>();
            for (int i = 0; i < Guard; i++)
            {
                Assert.True(all[i] == Mark && all[(int)count + Guard + i] == Mark, "a kernel wrote outside its array");
            }

            memory.Dispose();
        }
    }
}
