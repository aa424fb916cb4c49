using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The first half of X along an axis times the sigmoid of the second.</summary>
public sealed class GLU : CompositeOperator
{
    public override string Name => "GLU";

    public override string Domain => "yarndl";

    public override string Doc => "The first half of X along an axis times the sigmoid of the second.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axis = Formula.Axis(a.Int("axis"), x[0]!.Shape.Rank);
        long half = x[0]!.Shape[axis].Factor / 2;
        if (x[0]!.Shape[axis].IsRows || x[0]!.Shape[axis].Factor != 2 * half)
        {
            throw new GraphException($"axis {axis} of {x[0]!.Shape} has no two halves; its extent must be even");
        }

        return [g.Add("Mul", Formula.Part(g, x[0]!, axis, 0, half), g.Add("Sigmoid", Formula.Part(g, x[0]!, axis, half, 2 * half)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 6)], Attributes.None),
        new([new(Dim.N, 4, 3)], new(("axis", 1))),
    ];
}
