namespace YarnDL.Tensors.Kernels;

/// <summary>Where the finished tiles of a matrix product go.</summary>
internal unsafe interface IProductStore
{
    /// <summary>Writes rows i .. i+height-1 and columns j .. j+width-1 of the product from tile[r * stride + c].</summary>
    void Store(float* tile, int stride, long i, int height, long j, int width);
}
