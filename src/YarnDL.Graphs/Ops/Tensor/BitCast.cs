using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX BitCast: the same bits read as another element type of the same size.</summary>
public sealed class BitCast : ViewOperator
{
    public override string Name => "BitCast";

    public override int Since => 26;

    public override string Doc => "The bits of X read as element type to (ONNX number), which has the same size.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("to", null)];

    public override bool IsConstantInput(int input) => true;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        DType to = Cast.Numbered(c);
        return to.Size() == c.DType(0).Size() ? [new(to, c.Shape(0))]
            : throw c.Error($"{c.DType(0)} has {c.DType(0).Size()} bytes, {to} has {to.Size()}", "they must have the same size");
    }

    public override Value?[] Gradient(GradientContext c) => [null];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], new(("to", 6)))];
}
