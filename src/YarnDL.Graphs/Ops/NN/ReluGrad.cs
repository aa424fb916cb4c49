using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Relu from its result.</summary>
public sealed class ReluGrad : PairOperator<BinaryOperators.ReluGradient>
{
    public override string Name => "ReluGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, Y): dY where Y > 0, else 0.";

    public override Value?[] Gradient(GradientContext c)
    {
        Value? first = c.Needs(0) ? c.G.Add("ReluGrad", c.Dy, c.Input(1)) : null;
        return [first, null];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None, 0.1, 0.9),
        new([new(Dim.N, 3, 7), new(Dim.N, 3, 7)], Attributes.None, 0.1, 0.9),
    ];
}
