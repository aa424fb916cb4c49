using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX CastLike.</summary>
public sealed class CastLike : CompositeOperator
{
    public override string Name => "CastLike";

    public override int Since => 15;

    public override string Doc => "X as the element type of the second input, whose content is not read.";

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input == 1;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        return [x[1]!.DType == x[0]!.DType ? g.Add("Identity", x[0]!) : g.Add("Cast", x[0]!, ("to", Cast.Number(x[1]!.DType)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(2)], Attributes.None),
        new([new(Dim.N, 3), new(2)], Attributes.None) { Indices = { [0] = 9 } },
    ];
}
