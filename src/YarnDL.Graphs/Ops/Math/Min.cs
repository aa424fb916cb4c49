using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Min of two inputs.</summary>
public sealed class Min : ExtremeOperator<BinaryOperators.Minimum>
{
    public override string Name => "Min";

    public override string Doc => "The smaller of A and B, element by element with broadcasting; NaN if either is NaN. Where they are equal the gradient goes to A.";

    private protected override string TakesFirst => "LessOrEqual";
}
