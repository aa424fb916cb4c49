using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Changes what flows back and nothing else: 0 stops the gradient, a negative scale reverses it (Ganin and Lempitsky 2015).</summary>
public sealed class GradientScale : ViewOperator
{
    public override string Name => "GradientScale";

    public override string Domain => "yarndl";

    public override string Doc => "Y = X; the gradient of X is scale times that of Y, so 0 stops it and a negative scale reverses it.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("scale", null)];

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        return [new(c.DType(0), c.Shape(0), c.Input(0).Known)];
    }

    public override Value?[] Gradient(GradientContext c) =>
        [c.Attributes.Float("scale") == 0 ? null : c.G.Add("Mul", c.Dy, c.G.Constant(c.Attributes.Float("scale")))];

    public override Value[]? Decompose(GraphBuilder g, Node node) => [g.Add("Identity", node.Inputs[0]!)];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], new(("scale", -0.5))) { CheckGradient = false }];
}
