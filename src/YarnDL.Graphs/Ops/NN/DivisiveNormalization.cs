using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Torch7's spatial divisive normalisation.</summary>
public sealed class DivisiveNormalization : CompositeOperator
{
    public override string Name => "DivisiveNormalization";

    public override string Domain => "yarndl";

    public override string Doc => "X (N, C, H, W) over the root of the mean square of its neighbourhood in all channels, weighted by kernel (kh, kw, odd) and divided by the weights inside; thresval where it is not above threshold.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("threshold", 1e-4f), new("thresval", 1e-4f)];

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input == 1;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value squares = g.Add("Mul", x[0]!, x[0]!);
        Value deviation = SubtractiveNormalization.Neighbourhood(g, squares, x[1]!, v => g.Add("Sqrt", v));
        Value bounded = g.Add("Where", [Formula.Above(g, deviation, a.Float("threshold")), deviation, g.Constant(a.Float("thresval"))]);
        return [g.Add("Div", x[0]!, bounded)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 2, 4, 5), new(3, 3)], Attributes.None, 0.25, 1)];
}
