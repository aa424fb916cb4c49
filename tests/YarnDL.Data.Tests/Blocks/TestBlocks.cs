using System.Buffers.Binary;
using YarnDL.Data.Blocks;
using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Tensors;

namespace YarnDL.Data.Tests.Blocks;

/// <summary>Small block sets whose values tell which row they are.</summary>
internal static class TestBlocks
{
    /// <summary>A scalar row number, a vector of two, and bytes of varying length.</summary>
    public static IReadOnlyList<EncodedColumn> Columns { get; } =
        [new("number", DType.Int64, Shape.Scalar), new("pair", DType.Float32, new Shape(2)), new("text", DType.UInt8, null)];

    public static RowId Id(long row) => new((ulong)row * 7, 1);

    /// <summary>Row i: i, (i, -i), i mod 5 bytes of value i.</summary>
    public static byte[] Row(long i)
    {
        var b = new ByteBuffer();
        b.AppendInt64(i);
        BinaryPrimitives.WriteSingleLittleEndian(b.Append(4), i);
        BinaryPrimitives.WriteSingleLittleEndian(b.Append(4), -i);
        b.AppendInt32((int)(i % 5));
        b.Append((int)(i % 5)).Fill((byte)i);
        return b.ToArray();
    }

    /// <summary>Writes rows as if each had <paramref name="bytesPerRow"/> bytes, so that few rows make many blocks.</summary>
    public static string Write(IFileStore store, string folder, long rows, int shards, long bytesPerRow = 20, string fingerprint = "run 1")
    {
        using var writer = new BlockWriter(store, folder, new BlockPlan(rows, rows * bytesPerRow, shards), Columns, fingerprint);
        for (long i = 0; i < rows; i++)
        {
            writer.Add(Id(i), (uint)(i % 2), Row(i));
        }

        return writer.Finish();
    }

    /// <summary>All rows of an epoch by step and shard, checked against their values.</summary>
    public static List<long[]> ReadEpoch(BlockSet set, ulong seed, uint epoch, int batch, bool shuffle, long firstStep = 0)
    {
        using var numbers = new Tensor(DType.Int64, new Shape(batch));
        using var pairs = new Tensor(DType.Float32, new Shape(batch, 2));
        long[] rowNumbers = new long[batch];
        var all = new List<long[]>();
        for (long step = firstStep; step < set.StepsPerEpoch(batch); step++)
        {
            int at = 0;
            for (int s = 0; s < set.Shards; s++)
            {
                int n = set.Read(s, seed, epoch, step, batch, shuffle, [numbers.View, pairs.View, default], at, rowNumbers.AsSpan(at));
                Assert.Equal(set.RowsOfStep(s, step, batch), n);
                CheckTexts(set, s, seed, epoch, step, batch, shuffle, rowNumbers.AsSpan(at, n));
                at += n;
            }

            Assert.Equal(rowNumbers.AsSpan(0, at), numbers.Span<long>()[..at]);
            for (int i = 0; i < at; i++)
            {
                Assert.Equal(rowNumbers[i], pairs.Span<float>()[2 * i]);
                Assert.Equal(-rowNumbers[i], pairs.Span<float>()[(2 * i) + 1]);
            }

            all.Add(rowNumbers[..at]);
        }

        return all;
    }

    private static void CheckTexts(BlockSet set, int shard, ulong seed, uint epoch, long step, int batch, bool shuffle, ReadOnlySpan<long> rows)
    {
        var bytes = new ByteBuffer();
        int[] ends = new int[rows.Length];
        Assert.Equal(rows.Length, set.ReadBytes(shard, seed, epoch, step, batch, shuffle, 2, bytes, ends));
        for (int i = 0, from = 0; i < rows.Length; from = ends[i], i++)
        {
            Assert.Equal(rows[i] % 5, ends[i] - from);
            Assert.Equal(-1, bytes.Written[from..ends[i]].IndexOfAnyExcept((byte)rows[i]));
        }
    }
}
