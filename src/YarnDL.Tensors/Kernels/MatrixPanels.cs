namespace YarnDL.Tensors.Kernels;

/// <summary>An operand that is a stored matrix: element (line, term) at either line * Stride + term or term * Stride + line.</summary>
internal unsafe struct MatrixPanels(float* data, long stride, bool termsAreNeighbours) : IPanels
{
    public readonly float* Pack(float* buffer, float* spare, long first, int count, int width, long k, int terms, bool readOnce, out nint panelStride)
    {
        if (termsAreNeighbours)
        {
            Packing.Across(data + (first * stride) + k, (nint)stride, count, width, terms, buffer);
        }
        else
        {
            float* source = data + (k * stride) + first;
            if (readOnce && count == width)
            {
                panelStride = (nint)stride;
                return source;
            }

            Packing.Straight(source, (nint)stride, count, width, terms, buffer);
        }

        panelStride = width;
        return buffer;
    }
}
