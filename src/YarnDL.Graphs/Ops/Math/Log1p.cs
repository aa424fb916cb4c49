using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The logarithm of 1 + X.</summary>
public sealed class Log1p : FunctionOperator<UnaryOperators.Log1p>
{
    public override string Name => "Log1p";

    public override string Domain => "yarndl";

    public override string Doc => "ln(1 + X), exact near 0, element by element.";

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("Div", c.Dy, c.G.Add("Add", c.Input(0), c.G.Constant(1f)))];

    public override Value[]? Decompose(GraphBuilder g, Node node) => [g.Add("Log", g.Add("Add", node.Inputs[0]!, g.Constant(1f)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -0.5, 2), new([new(Dim.N, 3, 7)], Attributes.None, -0.5, 2)];
}
