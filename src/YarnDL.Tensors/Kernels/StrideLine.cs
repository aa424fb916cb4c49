namespace YarnDL.Tensors.Kernels;

/// <summary>
/// One axis of an input gradient: the input places Start, Start + stride, ... meet the same kernel places First, First + Every, ... (Count of them), and
/// output place i + Offset + n * Step under the n-th of these.
/// </summary>
internal readonly struct StrideLine
{
    /// <param name="start">0 to stride - 1.</param>
    public StrideLine(long start, long extent, long kernel, long pad, long stride, long dilation)
    {
        long common = Divisor(stride, dilation);
        Start = start;
        Every = stride / common;
        Step = -(dilation / common);
        Outputs = start < extent ? (extent - start + stride - 1) / stride : 0;
        for (long k = 0; k < Math.Min(kernel, Every); k++)
        {
            long place = start + pad - (k * dilation);
            if (place % stride == 0)
            {
                First = k;
                Offset = place / stride;
                Count = (kernel - k + Every - 1) / Every;
                break;
            }
        }
    }

    public long Start { get; }

    public long First { get; }

    public long Every { get; }

    public long Count { get; }

    public long Offset { get; }

    public long Step { get; }

    /// <summary>Input places.</summary>
    public long Outputs { get; }

    private static long Divisor(long a, long b) => b == 0 ? a : Divisor(b, a % b);
}
