using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Mean.</summary>
public sealed class Mean : CompositeOperator
{
    public override string Name => "Mean";

    public override string Doc => "The mean of all inputs, element by element with broadcasting.";

    protected override (int Least, int Most) Inputs => (1, int.MaxValue);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Div", Formula.Sum(g, x), g.Constant((float)x.Count))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3), new(3)], Attributes.None),
        new([new(Dim.N, 3)], Attributes.None),
    ];
}
