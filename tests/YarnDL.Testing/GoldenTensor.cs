using System.Buffers.Binary;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace YarnDL.Testing;

/// <summary>One reference tensor: element type as written (F32, F64, I32, I64), shape and raw little-endian bytes.</summary>
public sealed class GoldenTensor(string name, string dtype, long[] shape, byte[] bytes)
{
    public string Name => name;

    public string DType => dtype;

    public long[] Shape => shape;

    public int Count => checked((int)shape.Aggregate(1L, (a, b) => a * b));

    /// <summary>Every element as double (exact for F32, F64, I32).</summary>
    public double[] Doubles() => dtype switch
    {
        "F32" => Each(4, i => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i))),
        "F64" => Each(8, i => BinaryPrimitives.ReadDoubleLittleEndian(bytes.AsSpan(i))),
        "I32" => Each(4, i => (double)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i))),
        "I64" => Each(8, i => (double)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i))),
        _ => throw new NotSupportedException($"{name}: {dtype}"),
    };

    public float[] Floats() => Array.ConvertAll(Doubles(), d => (float)d);

    public long[] Longs() => dtype switch
    {
        "I32" => Each(4, i => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(i))),
        "I64" => Each(8, i => BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(i))),
        _ => throw new NotSupportedException($"{name}: {dtype} read as integers"),
    };

    /// <summary>The first <paramref name="count"/> entries of the leading axis.</summary>
    public GoldenTensor First(int count) => new(name, dtype, [count, .. shape[1..]], bytes.AsSpan(0, checked((int)(bytes.Length / shape[0] * count))).ToArray());

    /// <summary>Reads all tensors of a safetensors file that is known to be sound.</summary>
    public static IReadOnlyDictionary<string, GoldenTensor> ReadFile(string path)
    {
        byte[] all = File.ReadAllBytes(path);
        int header = checked((int)BinaryPrimitives.ReadInt64LittleEndian(all));
        var result = new Dictionary<string, GoldenTensor>(StringComparer.Ordinal);
        using JsonDocument json = JsonDocument.Parse(all.AsMemory(8, header));
        foreach (JsonProperty p in json.RootElement.EnumerateObject())
        {
            if (p.Name == "__metadata__")
            {
                continue;
            }

            int begin = p.Value.GetProperty("data_offsets")[0].GetInt32();
            int end = p.Value.GetProperty("data_offsets")[1].GetInt32();
            result.Add(p.Name, new GoldenTensor(p.Name, p.Value.GetProperty("dtype").GetString()!,
                [.. p.Value.GetProperty("shape").EnumerateArray().Select(e => e.GetInt64())], all.AsSpan(8 + header + begin, end - begin).ToArray()));
        }

        return result;
    }

    /// <summary>Fails, naming the worst element, unless |got - this| &lt;= atol + rtol·|this| for every element (equal infinities and NaNs pass).</summary>
    public void AssertClose(string what, ReadOnlySpan<double> got, double rtol, double atol)
    {
        double[] want = Doubles();
        Assert.True(want.Length == got.Length, $"{what}: {got.Length} elements, expected {want.Length}");
        int worst = -1;
        double excess = 0;
        int bad = 0;
        for (int i = 0; i < want.Length; i++)
        {
            double miss = Math.Abs(got[i] - want[i]) - (atol + (rtol * Math.Abs(want[i])));
            if (got[i].Equals(want[i]) || miss <= 0)
            {
                continue;
            }

            bad++;
            if (worst < 0 || double.IsNaN(miss) || miss > excess)
            {
                (worst, excess) = (i, miss);
            }
        }

        Assert.True(worst < 0, worst < 0 ? "" : string.Create(CultureInfo.InvariantCulture,
            $"{what}: {bad} of {want.Length} elements differ; element {worst} is {got[worst]:R}, expected {want[worst]:R} (rtol {rtol:R}, atol {atol:R})"));
    }

    /// <inheritdoc cref="AssertClose(string, ReadOnlySpan{double}, double, double)"/>
    public void AssertClose(string what, ReadOnlySpan<float> got, double rtol, double atol)
    {
        var d = new double[got.Length];
        for (int i = 0; i < d.Length; i++)
        {
            d[i] = got[i];
        }

        AssertClose(what, d, rtol, atol);
    }

    private static T[] Times<T>(int count, int size, Func<int, T> read)
    {
        var result = new T[count];
        for (int i = 0; i < count; i++)
        {
            result[i] = read(i * size);
        }

        return result;
    }

    private T[] Each<T>(int size, Func<int, T> read) => Times(Count, size, read);
}
