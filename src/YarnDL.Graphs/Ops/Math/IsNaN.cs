using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX IsNaN.</summary>
public sealed class IsNaN : CompositeOperator
{
    public override string Name => "IsNaN";

    public override int Since => 13;

    public override string Doc => "True where X is NaN.";

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        return [g.Add("Not", g.Add("Equal", x[0]!, x[0]!))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3)], Attributes.None),
    ];
}
