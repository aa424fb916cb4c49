using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>A function of three float32, element by element.</summary>
public interface ITernaryOperator<TSelf> where TSelf : struct, ITernaryOperator<TSelf>
{
    static abstract Vector256<float> Invoke(Vector256<float> x, Vector256<float> y, Vector256<float> z);

    /// <summary>The bits of a lane.</summary>
    static virtual float Invoke(float x, float y, float z) => TSelf.Invoke(Vector256.Create(x), Vector256.Create(y), Vector256.Create(z)).ToScalar();
}
