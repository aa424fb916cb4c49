using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Dropout as it is in inference; the training form of a graph has KeyedDropout in its place.</summary>
public sealed class Dropout : CompositeOperator
{
    public override string Name => "Dropout";

    public override string Doc => "X, and a mask that keeps everything; where the graph trains it becomes KeyedDropout with the ratio of input 1 (0.5 without).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("seed", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (1, 3);

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        if (x[2] is { } mode && (mode.Constant is not { DType: DType.Bool } t || t.Span<byte>()[0] != 0))
        {
            throw new GraphException($"training_mode is {mode.Name}; it must be the constant false: a graph trains by its training form");
        }

        return [g.Add("Identity", x[0]!), g.Add("ExpandLike", g.Constant(Tensor.From<bool>(Shape.Scalar, [true])), x[0]!)];
    }

    /// <summary>The ratio of a node, 0.5 when it gives none.</summary>
    public static float Ratio(Node node) => node.Inputs.Count < 2 || node.Inputs[1] is not { } v ? 0.5f
        : v.Constant is { DType: DType.Float32 } t && t.Shape.ElementCount == 1 ? t.Span<float>()[0]
        : throw new GraphException($"[Dropout] {node.Name}: the ratio {v.Name} is no float32 constant; give a constant");

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None), new([new(Dim.N, 3)], Attributes.None, Outputs: 2)];
}
