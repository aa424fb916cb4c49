using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Sum.</summary>
public sealed class Sum : CompositeOperator
{
    public override string Name => "Sum";

    public override string Doc => "The sum of all inputs in their order, element by element with broadcasting.";

    protected override (int Least, int Most) Inputs => (1, int.MaxValue);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [Formula.Sum(g, x)];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3), new(3)], Attributes.None),
        new([new(Dim.N, 3), new(1, 3)], Attributes.None),
    ];
}
