using System.Buffers.Binary;
using System.Globalization;
using System.Text.RegularExpressions;

namespace YarnDL.Data.Tests.Images;

/// <summary>Reads the expectations of images: little-endian uint8 or uint16 arrays in C order.</summary>
internal static partial class Npy
{
    public static (int[] Shape, int[] Values, int Bits) Read(string path)
    {
        byte[] bytes = File.ReadAllBytes(path);
        int header = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8));
        string text = System.Text.Encoding.ASCII.GetString(bytes, 10, header);
        Assert.Contains("'fortran_order': False", text);
        int[] shape = [.. ShapePattern().Match(text).Groups[1].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(d => int.Parse(d, CultureInfo.InvariantCulture))];
        var data = bytes.AsSpan(10 + header);
        int[] values = new int[shape.Aggregate(1, (a, b) => a * b)];
        bool wide = text.Contains("<u2", StringComparison.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = wide ? BinaryPrimitives.ReadUInt16LittleEndian(data[(2 * i)..]) : data[i];
        }

        return (shape, values, wide ? 16 : 8);
    }

    [GeneratedRegex(@"'shape': \(([^)]*)\)")]
    private static partial Regex ShapePattern();
}
