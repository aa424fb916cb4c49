using System.Numerics;
using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Div.</summary>
public sealed class Div : ArithmeticOperator<BinaryOperators.Divide, Div.Integers>
{
    public override string Name => "Div";

    public override string Doc => "A / B, element by element with broadcasting; integers are cut towards zero, and divided by 0 give 0.";

    public override Value?[] Gradient(GradientContext c)
    {
        Value quotient = c.G.Add("Div", c.Dy, c.Input(1));
        Value? left = c.Needs(0) ? c.SumTo(quotient, c.Input(0)) : null;
        Value? right = c.Needs(1) ? c.SumTo(c.G.Add("Neg", c.G.Add("Mul", quotient, c.Output(0))), c.Input(1)) : null;
        return [left, right];
    }

    /// <summary>The operation on integers.</summary>
    public readonly struct Integers : IArithmetic
    {
        public static T Of<T>(T a, T b)
            where T : IBinaryInteger<T> => T.IsZero(b) ? T.Zero : a / b;

        public static Dim? Of(Dim a, Dim b) => b.IsFixed && b.Factor != 0 && a.Factor % b.Factor == 0 ? new Dim(a.Factor / b.Factor, a.Symbol) : null;
    }
}
