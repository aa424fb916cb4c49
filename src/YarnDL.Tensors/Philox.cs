using System.Runtime.CompilerServices;

namespace YarnDL.Tensors;

/// <summary>
/// Philox4x32 random numbers (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC11): a keyed function of a 128-bit counter,
/// so that a number depends on what it is for and on nothing else.
/// </summary>
public static class Philox
{
    /// <summary>Rounds of the standard generator.</summary>
    public const int Rounds = 10;

    /// <summary>The purpose number: kind (8 bits, see docs/random.md) and stream (16 bits: ordinal of the node, parameter or feature).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The stream does not fit 16 bits.</exception>
    public static uint Purpose(RandomKind kind, int stream) => stream is >= 0 and <= 0xFFFF
        ? ((uint)kind << 16) | (uint)stream
        : throw new ArgumentOutOfRangeException(nameof(stream), stream, "[random] a stream number must be in 0..65535");

    /// <summary>
    /// Four words: those of elements 4 * block .. 4 * block + 3. Key = seed; counter = block, low 32 bits of the row, epoch | copy &lt;&lt; 24, purpose &lt;&lt; 8 | row bits 32-39.
    /// </summary>
    /// <param name="purpose">24 bits, from <see cref="Purpose"/>.</param>
    /// <param name="epoch">24 bits.</param>
    /// <param name="copy">Which repeat of the row within the epoch.</param>
    /// <param name="row">40 bits.</param>
    /// <param name="block">Element / 4, 32 bits.</param>
    public static PhiloxWords Words(ulong seed, uint purpose, uint epoch, byte copy, long row, long block) => Block(
        (uint)block,
        (uint)row,
        (epoch & 0xFF_FFFF) | ((uint)copy << 24),
        (purpose << 8) | ((uint)(row >> 32) & 0xFF),
        (uint)seed,
        (uint)(seed >> 32));

    /// <summary>The raw generator: counter words c0..c3 (least significant first), key words k0, k1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static PhiloxWords Block(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, int rounds = Rounds)
    {
        for (int i = 0; i < rounds; i++)
        {
            ulong p0 = 0xD2511F53ul * c0;
            ulong p1 = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(p1 >> 32) ^ c1 ^ k0, (uint)p1, (uint)(p0 >> 32) ^ c3 ^ k1, (uint)p0);
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        return new PhiloxWords(c0, c1, c2, c3);
    }

    /// <summary>(word >> 8) * 2^-24, in [0, 1).</summary>
    public static float Uniform(uint word) => (word >> 8) * (1f / (1 << 24));

    /// <summary>(word + 0.5) * 2^-32, in (0, 1).</summary>
    public static double UniformOpen(uint word) => (word + 0.5) * (1.0 / 4294967296.0);

    /// <summary>Box-Muller: sqrt(-2 ln u1) (cos 2 pi u2, sin 2 pi u2) with u1, u2 the open uniform numbers of two words.</summary>
    public static (double First, double Second) Normals(uint word1, uint word2)
    {
        double radius = Math.Sqrt(-2 * Maths.Log(UniformOpen(word1)));
        double angle = UniformOpen(word2) * 6.283185307179586;
        return (radius * Maths.Cos(angle), radius * Maths.Sin(angle));
    }

    /// <summary>(word * n) >> 32, in 0 .. n-1.</summary>
    public static uint Bounded(uint word, uint n) => (uint)(((ulong)word * n) >> 32);

    /// <summary>
    /// Fisher-Yates with the words of <paramref name="purpose"/> in order: values becomes a permutation of 0 .. Length-1:
    /// for i = n-1 down to 1, t = 0, 1, ...: swap(i, (words[t] * (i+1)) >> 32).
    /// </summary>
    public static void Permute(Span<int> values, ulong seed, uint purpose, uint epoch, long row)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = i;
        }

        PhiloxWords words = default;
        for (int i = values.Length - 1, t = 0; i > 0; i--, t++)
        {
            if ((t & 3) == 0)
            {
                words = Words(seed, purpose, epoch, 0, row, t >> 2);
            }

            int j = (int)Bounded(words[t & 3], (uint)i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }
}
