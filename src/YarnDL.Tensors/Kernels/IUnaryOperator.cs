using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>A function of one float32, element by element.</summary>
public interface IUnaryOperator<TSelf> where TSelf : struct, IUnaryOperator<TSelf>
{
    static abstract Vector256<float> Invoke(Vector256<float> x);

    /// <summary>The bits of a lane.</summary>
    static virtual float Invoke(float x) => TSelf.Invoke(Vector256.Create(x)).ToScalar();
}
