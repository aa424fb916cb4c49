using System.Buffers.Binary;
using System.IO.Compression;

namespace YarnDL.Testing;

/// <summary>The MNIST test images of the shared folder: 10,000 of 28 x 28 pixels, with labels.</summary>
public static class Digits
{
    /// <summary>Pixels, image after image, row-major.</summary>
    public static byte[] Pixels() => Read("t10k-images-idx3-ubyte.gz", 16);

    /// <summary>Classes 0..9.</summary>
    public static byte[] Labels() => Read("t10k-labels-idx1-ubyte.gz", 8);

    private static byte[] Read(string name, int header)
    {
        using var gz = new GZipStream(File.OpenRead(SharedFolder.Require("data", name)), CompressionMode.Decompress);
        using var memory = new MemoryStream();
        gz.CopyTo(memory);
        byte[] all = memory.ToArray();
        if (BinaryPrimitives.ReadInt32BigEndian(all.AsSpan(4)) != 10_000)
        {
            throw new InvalidDataException($"{name} does not hold 10,000 items");
        }

        return all[header..];
    }
}
