using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Clip.</summary>
public sealed class Clip : CompositeOperator
{
    public override string Name => "Clip";

    public override string Doc => "X limited to min .. max (either may be missing); outside the gradient is 0.";

    protected override (int Least, int Most) Inputs => (1, 3);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value y = x[0]!;
        y = x[1] is null ? y : g.Add("Max", y, x[1]!);
        return [x[2] is null ? g.Add("Identity", y) : g.Add("Min", y, x[2]!)];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), SymbolicShape.Scalar, null], Attributes.None),
        new([new(Dim.N, 3, 7), null, SymbolicShape.Scalar], Attributes.None),
    ];
}
