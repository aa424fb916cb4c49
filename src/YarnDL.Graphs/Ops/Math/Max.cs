using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Max of two inputs.</summary>
public sealed class Max : ExtremeOperator<BinaryOperators.Maximum>
{
    public override string Name => "Max";

    public override string Doc => "The larger of A and B, element by element with broadcasting; NaN if either is NaN. Where they are equal the gradient goes to A.";

    private protected override string TakesFirst => "GreaterOrEqual";
}
