namespace YarnDL.Tensors.Kernels;

/// <summary>One operand of a matrix product, brought into the order in which the innermost loop reads it.</summary>
internal unsafe interface IPanels
{
    /// <summary>
    /// A panel of lines first .. first+count-1 (rows of the left operand, columns of the right one) over terms k .. k+terms-1:
    /// panel[t * stride + i] for i below width; what lies beyond count is unused. Either in <paramref name="buffer"/> (width * terms + 16 floats, stride = width)
    /// or, if it lies so already and is read only once, the operand itself.
    /// </summary>
    /// <param name="spare">Scratch of width * terms floats and some.</param>
    float* Pack(float* buffer, float* spare, long first, int count, int width, long k, int terms, bool readOnce, out nint stride);
}
