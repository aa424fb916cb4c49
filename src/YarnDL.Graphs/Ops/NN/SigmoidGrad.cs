using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Sigmoid from its result.</summary>
public sealed class SigmoidGrad : PairOperator<BinaryOperators.SigmoidGradient>
{
    public override string Name => "SigmoidGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, Y): dY Y (1 - Y).";

    public override Value?[] Gradient(GradientContext c)
    {
        Value? first = c.Needs(0) ? c.G.Add("SigmoidGrad", c.Dy, c.Input(1)) : null;
        Value slope = c.G.Add("Sub", c.G.Constant(1f), c.G.Add("Mul", c.Input(1), c.G.Constant(2f)));
        Value? second = c.Needs(1) ? c.G.Add("Mul", c.G.Add("Mul", c.Dy, c.Input(0)), slope) : null;
        return [first, second];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None, 0.1, 0.9),
        new([new(Dim.N, 3, 7), new(Dim.N, 3, 7)], Attributes.None, 0.1, 0.9),
    ];
}
