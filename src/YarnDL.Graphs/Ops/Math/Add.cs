using System.Numerics;
using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Add.</summary>
public sealed class Add : ArithmeticOperator<BinaryOperators.Add, Add.Integers>
{
    public override string Name => "Add";

    public override string Doc => "A + B, element by element with broadcasting.";

    public override Value?[] Gradient(GradientContext c)
    {
        Value? left = c.Needs(0) ? c.SumTo(c.Dy, c.Input(0)) : null;
        Value? right = c.Needs(1) ? c.SumTo(c.Dy, c.Input(1)) : null;
        return [left, right];
    }

    /// <summary>The operation on integers.</summary>
    public readonly struct Integers : IArithmetic
    {
        public static T Of<T>(T a, T b)
            where T : IBinaryInteger<T> => a + b;

        public static Dim? Of(Dim a, Dim b) => a.Symbol == b.Symbol ? new Dim(a.Factor + b.Factor, a.Symbol) : null;
    }
}
