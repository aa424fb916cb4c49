using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Tests.Operators;

/// <summary>
/// The micro-kernels of matrix products and convolutions under every row of the operator table: portable, 256 and 512 bits wide give the same bits.
/// Where the processor lacks an instruction set its kernel runs in software. Nothing else in a row knows the width of a vector.
/// </summary>
[Collection(nameof(Every_width))]
public sealed class Every_width
{
    /// <summary>Half a tile of the widest kernel, and one element more than a whole one.</summary>
    private static readonly long[] Extents = [16, 33];

    public static IEnumerable<TheoryDataRow<string, int>> Samples() => SampleCase.All();

    [Theory]
    [MemberData(nameof(Samples))]
    public void Gives_the_same_bits(string op, int sample)
    {
        foreach (SampleCase c in SampleCase.Stretched(op, sample, Extents).Prepend(new SampleCase(op, sample)))
        {
            int rows = c.HasRows ? 5 : 1;
            Dictionary<string, Array> inputs = Conversions.ToArrays(c.Graph.Inputs, c.Draw(rows, c.Graph.Inputs));
            byte[][]? expected = Run(c, MicroKernel.Avx2, inputs, rows);
            foreach (MicroKernel other in (MicroKernel[])[MicroKernel.Avx512, MicroKernel.Portable])
            {
                byte[][]? got = Run(c, other, inputs, rows);
                Assert.Equal(expected is null, got is null);
                Conversions.AssertSame(expected ?? [], got ?? [], $"{c.Graph.Name}, {other}");
            }
        }
    }

    /// <summary>Null where the axis has become too short for the indices of the sample.</summary>
    private static byte[][]? Run(SampleCase c, MicroKernel kernel, Dictionary<string, Array> inputs, int rows)
    {
        MicroKernel own = Gemm.Kernel;
        Gemm.Kernel = kernel;
        try
        {
            using var runner = new Runner(c.Graph, 2);
            return runner.Run(inputs, [0, rows]);
        }
        catch (InputValueException)
        {
            return null;
        }
        finally
        {
            Gemm.Kernel = own;
        }
    }
}
