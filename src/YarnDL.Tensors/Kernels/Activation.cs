namespace YarnDL.Tensors.Kernels;

/// <summary>What a matrix product or convolution does to each output while it is at hand; the same bits as the element-wise kernel afterwards.</summary>
public enum Activation
{
    None = 0,
    Relu = 1,
    Tanh = 2,
    Sigmoid = 3,
}
