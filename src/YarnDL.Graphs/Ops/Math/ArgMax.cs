using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ArgMax.</summary>
public sealed class ArgMax : ArgOperator
{
    public override string Name => "ArgMax";

    public override string Doc => "The place of the largest value along an axis, as int64; among equals the first, or with select_last_index the last. NaN counts as largest.";

    protected override bool Smallest => false;
}
