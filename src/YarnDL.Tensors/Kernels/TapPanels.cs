namespace YarnDL.Tensors.Kernels;

/// <summary>Operand of a convolution's product whose lines are pixels and whose terms are taps.</summary>
internal unsafe struct TapPanels(PixelGather gather) : IPanels
{
    private readonly PixelGather _gather = gather;

    public readonly float* Pack(float* buffer, float* spare, long first, int count, int width, long k, int terms, bool readOnce, out nint stride)
    {
        PixelGather.Run* runs = stackalloc PixelGather.Run[64];
        int n = _gather.Runs(first, count, runs);
        if (count < width)
        {
            new Span<float>(buffer, width * terms).Clear();
        }

        _gather.Gather(buffer, width, k, terms, runs, n);
        stride = width;
        return buffer;
    }
}
