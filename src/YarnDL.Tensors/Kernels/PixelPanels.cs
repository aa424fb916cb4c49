using System.Runtime.CompilerServices;

namespace YarnDL.Tensors.Kernels;

/// <summary>Operand of a weight gradient's product whose lines are taps and whose terms are pixels.</summary>
internal unsafe struct PixelPanels(PixelGather gather) : IPanels
{
    private readonly PixelGather _gather = gather;

    [SkipLocalsInit]
    public readonly float* Pack(float* buffer, float* spare, long first, int count, int width, long k, int terms, bool readOnce, out nint stride)
    {
        PixelGather.Run* runs = stackalloc PixelGather.Run[terms];
        int n = _gather.Runs(k, terms, runs);
        _gather.Gather(spare, terms, first, count, runs, n);
        Packing.Across(spare, terms, count, width, terms, buffer);
        stride = width;
        return buffer;
    }
}
