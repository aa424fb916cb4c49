namespace YarnDL.Tensors.Kernels;

/// <summary>Makes numbers of random words.</summary>
public unsafe interface IRandomMap
{
    /// <summary>y[i] from the words, i in 0 .. count-1.</summary>
    void Map(uint* words, float* y, int count);
}
