using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Xor.</summary>
public sealed class Xor : LogicalOperator<Xor.Test>
{
    public override string Name => "Xor";

    public override int Since => 7;

    public override string Doc => "A or B but not both, element by element with broadcasting; bool.";

    /// <summary>The operation.</summary>
    public readonly struct Test : ILogical
    {
        public static int Of(int a, int b) => a ^ b;
    }
}
