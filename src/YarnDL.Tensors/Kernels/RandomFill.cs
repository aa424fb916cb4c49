using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace YarnDL.Tensors.Kernels;

/// <summary>Arrays of random numbers keyed by row and element: a function of what they are for, whatever lies beside them.</summary>
public static unsafe class RandomFill
{
    private const int Chunk = 1024; // words made at a time, a multiple of 32

    /// <summary>Fills y (outer, rows, run): element o * run + i of row r.</summary>
    /// <param name="pool">Threads.</param>
    /// <param name="map">What words become.</param>
    /// <param name="seed">The key.</param>
    /// <param name="purpose">From <see cref="Philox.Purpose"/>.</param>
    /// <param name="epoch">24 bits.</param>
    /// <param name="rowNumbers">Number of each row; null: all are row 0.</param>
    /// <param name="copies">Repeat of each row within the epoch; null: 0.</param>
    /// <param name="outer">Runs of a row.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="run">Neighbouring elements of a row.</param>
    /// <param name="y">The result.</param>
    public static void Run<TMap>(ComputePool pool, TMap map, ulong seed, uint purpose, uint epoch, long* rowNumbers, byte* copies, long outer, long rows, long run, float* y)
        where TMap : struct, IRandomMap
    {
        var job = new Job<TMap> { Map = map, Seed = seed, Purpose = purpose, Epoch = epoch, RowNumbers = rowNumbers, Copies = copies, Rows = rows, Count = run, Y = y };
        pool.Run(ref job, outer * rows);
    }

    /// <summary>The words of elements 4 * block .. 4 * (block + blocks) - 1.</summary>
    internal static void Words(ulong seed, uint purpose, uint epoch, byte copy, long row, long block, long blocks, uint* words)
    {
        long b = 0;
        if (Avx2.IsSupported)
        {
            uint c2 = (epoch & 0xFF_FFFF) | ((uint)copy << 24);
            uint c3 = (purpose << 8) | ((uint)(row >> 32) & 0xFF);
            for (; b + 8 <= blocks; b += 8)
            {
                Eight(Vector256.Create((uint)(block + b)) + Vector256<uint>.Indices, Vector256.Create((uint)row), Vector256.Create(c2), Vector256.Create(c3), (uint)seed, (uint)(seed >> 32), words + (4 * b));
            }
        }

        for (; b < blocks; b++)
        {
            PhiloxWords w = Philox.Words(seed, purpose, epoch, copy, row, block + b);
            words[4 * b] = w.W0;
            words[(4 * b) + 1] = w.W1;
            words[(4 * b) + 2] = w.W2;
            words[(4 * b) + 3] = w.W3;
        }
    }

    /// <summary>Eight blocks side by side: the rounds of <see cref="Philox.Block"/>, then the words of each block together.</summary>
    private static void Eight(Vector256<uint> c0, Vector256<uint> c1, Vector256<uint> c2, Vector256<uint> c3, uint k0, uint k1, uint* words)
    {
        Vector256<uint> m0 = Vector256.Create(0xD2511F53u);
        Vector256<uint> m1 = Vector256.Create(0xCD9E8D57u);
        for (int i = 0; i < Philox.Rounds; i++)
        {
            Vector256<uint> n0 = High(c2, m1) ^ c1 ^ Vector256.Create(k0);
            Vector256<uint> n2 = High(c0, m0) ^ c3 ^ Vector256.Create(k1);
            c1 = c2 * m1;
            c3 = c0 * m0;
            c0 = n0;
            c2 = n2;
            k0 += 0x9E3779B9;
            k1 += 0xBB67AE85;
        }

        Vector256<ulong> a = Avx2.UnpackLow(c0, c1).AsUInt64();
        Vector256<ulong> b = Avx2.UnpackLow(c2, c3).AsUInt64();
        Vector256<ulong> c = Avx2.UnpackHigh(c0, c1).AsUInt64();
        Vector256<ulong> d = Avx2.UnpackHigh(c2, c3).AsUInt64();
        Store(Avx2.UnpackLow(a, b), words, words + 16);
        Store(Avx2.UnpackHigh(a, b), words + 4, words + 20);
        Store(Avx2.UnpackLow(c, d), words + 8, words + 24);
        Store(Avx2.UnpackHigh(c, d), words + 12, words + 28);
    }

    private static Vector256<uint> High(Vector256<uint> x, Vector256<uint> m)
    {
        Vector256<uint> even = Avx2.Multiply(x, m).AsUInt32();
        Vector256<uint> odd = Avx2.Multiply((x.AsUInt64() >> 32).AsUInt32(), m).AsUInt32();
        return Avx2.Blend((even.AsUInt64() >> 32).AsUInt32(), odd, 0xAA);
    }

    private static void Store(Vector256<ulong> two, uint* first, uint* second)
    {
        two.GetLower().AsUInt32().Store(first);
        two.GetUpper().AsUInt32().Store(second);
    }

    private struct Job<TMap> : IParallelJob
        where TMap : struct, IRandomMap
    {
        public TMap Map;
        public ulong Seed;
        public uint Purpose;
        public uint Epoch;
        public long* RowNumbers;
        public byte* Copies;
        public long Rows;
        public long Count;
        public float* Y;

        public readonly void Execute(long item, int thread)
        {
            uint* words = stackalloc uint[Chunk + 8];
            float* part = stackalloc float[Chunk + 8];
            long row = item % Rows;
            long number = RowNumbers == null ? 0 : RowNumbers[row];
            byte copy = Copies == null ? (byte)0 : Copies[row];
            long first = item / Rows * Count;
            float* y = Y + (item * Count);
            for (long done = 0; done < Count;)
            {
                // Blocks of four words begin at multiples of four elements, whatever the run.
                int skip = (int)((first + done) & 3);
                int count = (int)Math.Min(Chunk - skip, Count - done);
                long blocks = (skip + count + 3) / 4;
                Words(Seed, Purpose, Epoch, copy, number, (first + done) / 4, blocks, words);
                if (skip == 0)
                {
                    Map.Map(words, y + done, count);
                }
                else
                {
                    Map.Map(words, part, skip + count);
                    Buffer.MemoryCopy(part + skip, y + done, count * sizeof(float), count * sizeof(float));
                }

                done += count;
            }
        }
    }
}
