using System.Runtime.InteropServices;
using YarnDL.Graphs.Tests.Reference;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Between the reference's float64 and the arrays that a program takes and gives.</summary>
internal static class Conversions
{
    public static Dictionary<string, Array> ToArrays(IEnumerable<Value> inputs, IReadOnlyDictionary<string, Array64> drawn) =>
        inputs.ToDictionary(v => v.Name, v => (Array)(v.DType switch
        {
            DType.Float32 => Array.ConvertAll(drawn[v.Name].Data, d => (float)d),
            DType.Int64 => Array.ConvertAll(drawn[v.Name].Data, d => (long)d),
            DType.Int8 => Array.ConvertAll(drawn[v.Name].Data, d => (sbyte)d),
            _ => Array.ConvertAll(drawn[v.Name].Data, d => (byte)d),
        }));

    public static double[] ToDoubles(Value v, byte[] bytes) => v.DType switch
    {
        DType.Float32 => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(bytes).ToArray(), x => (double)x),
        DType.Int64 => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(bytes).ToArray(), x => (double)x),
        DType.Int32 => Array.ConvertAll(MemoryMarshal.Cast<byte, int>(bytes).ToArray(), x => (double)x),
        DType.Int8 => Array.ConvertAll(bytes, x => (double)(sbyte)x),
        _ => Array.ConvertAll(bytes, x => (double)x),
    };

    /// <summary>Rows first .. first + count - 1 of a tensor, wherever its row axis is.</summary>
    public static Array64 Rows(Value v, Array64 x, long first, long count)
    {
        int axis = v.Shape.RowAxis;
        if (axis < 0)
        {
            return x;
        }

        long positions = v.Shape[axis].Factor;
        long[] shape = [.. x.Shape];
        shape[axis] = count * positions;
        return Reference.Operators.Fill(shape, i =>
        {
            long[] at = [.. i];
            at[axis] += first * positions;
            return x[at];
        });
    }

    /// <summary>Bit for bit.</summary>
    public static void AssertSame(byte[][] expected, byte[][] got, string what)
    {
        Assert.Equal(expected.Length, got.Length);
        for (int i = 0; i < got.Length; i++)
        {
            int first = expected[i].AsSpan().CommonPrefixLength(got[i]);
            Assert.True(first == expected[i].Length && first == got[i].Length, $"{what}: output {i} differs from byte {first} of {expected[i].Length}");
        }
    }

    public static void AssertClose(Value v, double[] reference, double[] got, double relative, double absolute, string what)
    {
        Assert.Equal(reference.Length, got.Length);
        for (int i = 0; i < got.Length; i++)
        {
            double allowed = v.DType == DType.Float32 ? absolute + (relative * Math.Abs(reference[i])) : 0;
            Assert.True(Math.Abs(got[i] - reference[i]) <= allowed || got[i].Equals(reference[i]), $"{what}: element {i} of {v.Name} is {got[i]:R}, reference {reference[i]:R}");
        }
    }
}
