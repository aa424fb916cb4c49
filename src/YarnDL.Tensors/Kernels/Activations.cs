using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace YarnDL.Tensors.Kernels;

/// <summary>The activations fused into other kernels: the very operators of the element-wise kernels.</summary>
internal static class Activations
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Apply(Vector256<float> x, Activation activation) => activation switch
    {
        Activation.None => x,
        Activation.Relu => UnaryOperators.Relu.Invoke(x),
        Activation.Tanh => UnaryOperators.Tanh.Invoke(x),
        Activation.Sigmoid => UnaryOperators.Sigmoid.Invoke(x),
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "[activation] unknown activation"),
    };

    /// <summary>The bits of a lane.</summary>
    public static float Apply(float x, Activation activation) => activation == Activation.None ? x : Apply(Vector256.Create(x), activation).ToScalar();
}
