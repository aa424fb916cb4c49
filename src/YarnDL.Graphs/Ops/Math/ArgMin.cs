using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ArgMin.</summary>
public sealed class ArgMin : ArgOperator
{
    public override string Name => "ArgMin";

    public override string Doc => "The place of the smallest value along an axis, as int64; among equals the first, or with select_last_index the last. NaN counts as smallest.";

    protected override bool Smallest => true;
}
