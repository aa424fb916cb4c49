using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GlobalMaxPool.</summary>
public sealed class GlobalMaxPool : CompositeOperator
{
    public override string Name => "GlobalMaxPool";

    public override int Since => 1;

    public override string Doc => "The largest value over all spatial axes of X (N, C, spatial..), which are kept with extent 1.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("ReduceMax", x[0]!, g.Constant([.. Enumerable.Range(2, x[0]!.Shape.Rank - 2).Select(i => (long)i)]))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3, 4, 5)], Attributes.None),
        new([new(Dim.N, 3, 20)], Attributes.None),
    ];
}
