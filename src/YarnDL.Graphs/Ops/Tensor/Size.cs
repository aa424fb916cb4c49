using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Size.</summary>
public sealed unsafe class Size : Operator
{
    public override string Name => "Size";

    public override string Doc => "The number of elements of X, as an int64 scalar.";

    public override bool IsConstantInput(int input) => true;

    public override bool ReadsInput(Node node, int input) => false;

    public override RowBehaviour RowsOf(Node node) => node.Inputs[0]!.Shape.RowAxis < 0 ? RowBehaviour.PerRow : RowBehaviour.Mixes;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        return [new(DType.Int64, SymbolicShape.Scalar, Count.Of(c.Shape(0)).Over(Count.One) is { } n ? [n] : null)];
    }

    public override Value?[] Gradient(GradientContext c) => [null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c) => c.Outputs[0].I64[0] = c.Inputs[0].Shape.ElementCount;

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(3, 2)], Attributes.None)];
}
