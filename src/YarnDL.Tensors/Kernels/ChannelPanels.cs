namespace YarnDL.Tensors.Kernels;

/// <summary>Operand of a weight gradient's product: an NCHW tensor whose lines are channels and whose terms are (row, position).</summary>
internal unsafe struct ChannelPanels(float* data, long rowStride, long positions) : IPanels
{
    public readonly float* Pack(float* buffer, float* spare, long first, int count, int width, long k, int terms, bool readOnce, out nint stride)
    {
        for (int done = 0; done < terms;)
        {
            long row = (k + done) / positions;
            long position = (k + done) % positions;
            int take = (int)Math.Min(terms - done, positions - position);
            Packing.Across(data + (row * rowStride) + (first * positions) + position, (nint)positions, count, width, take, buffer + ((nint)done * width));
            done += take;
        }

        stride = width;
        return buffer;
    }
}
