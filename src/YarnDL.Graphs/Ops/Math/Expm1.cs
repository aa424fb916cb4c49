using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The exponential minus 1.</summary>
public sealed class Expm1 : FunctionOperator<UnaryOperators.Expm1>
{
    public override string Name => "Expm1";

    public override string Domain => "yarndl";

    public override string Doc => "e^X - 1, exact near 0, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Mul", c.Dy, c.G.Add("Add", c.Output(0), c.G.Constant(1f)))];

    public override Value[]? Decompose(GraphBuilder g, Node node) => [g.Add("Sub", g.Add("Exp", node.Inputs[0]!), g.Constant(1f))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
