using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>A function of two float32, element by element.</summary>
public interface IBinaryOperator<TSelf> where TSelf : struct, IBinaryOperator<TSelf>
{
    static abstract Vector256<float> Invoke(Vector256<float> x, Vector256<float> y);

    /// <summary>The bits of a lane.</summary>
    static virtual float Invoke(float x, float y) => TSelf.Invoke(Vector256.Create(x), Vector256.Create(y)).ToScalar();
}
