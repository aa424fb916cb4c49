using System.Buffers.Binary;
using System.Numerics;

namespace YarnDL.Data.Features;

/// <summary>Hashes of UTF-8 bytes to one of n buckets: murmur3 (x86, 32 bits, seed 42, signed, remainder made non-negative, as Spark ML's HashingTF) and FNV-1a.</summary>
internal static class TextHash
{
    public static readonly string[] Names = ["murmur3", "fnv1a64", "fnv1a32"];

    /// <summary>The bucket of some bytes.</summary>
    /// <param name="hash">One of <see cref="Names"/>.</param>
    public static long Bucket(string hash, ReadOnlySpan<byte> bytes, long buckets) => hash switch
    {
        "murmur3" => ((Murmur3(bytes, 42) % buckets) + buckets) % buckets,
        "fnv1a64" => (long)(Fnv1a64(bytes) % (ulong)buckets),
        _ => Fnv1a32(bytes) % buckets,
    };

    /// <summary>MurmurHash3 x86 32 by Austin Appleby, as a signed number.</summary>
    public static int Murmur3(ReadOnlySpan<byte> bytes, uint seed)
    {
        uint h = seed;
        int blocks = bytes.Length / 4;
        for (int i = 0; i < blocks; i++)
        {
            h = BitOperations.RotateLeft(h ^ Mix(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * i)..])), 13) * 5 + 0xE6546B64;
        }

        uint tail = 0;
        for (int i = bytes.Length - 1; i >= 4 * blocks; i--)
        {
            tail = (tail << 8) | bytes[i];
        }

        h ^= bytes.Length % 4 == 0 ? 0 : Mix(tail);
        h ^= (uint)bytes.Length;
        h = (h ^ (h >> 16)) * 0x85EBCA6B;
        h = (h ^ (h >> 13)) * 0xC2B2AE35;
        return (int)(h ^ (h >> 16));
    }

    public static ulong Fnv1a64(ReadOnlySpan<byte> bytes)
    {
        ulong h = 0xCBF29CE484222325;
        foreach (byte b in bytes)
        {
            h = (h ^ b) * 0x100000001B3;
        }

        return h;
    }

    public static uint Fnv1a32(ReadOnlySpan<byte> bytes)
    {
        uint h = 0x811C9DC5;
        foreach (byte b in bytes)
        {
            h = (h ^ b) * 0x01000193;
        }

        return h;
    }

    private static uint Mix(uint k) => BitOperations.RotateLeft(k * 0xCC9E2D51, 15) * 0x1B873593;
}
