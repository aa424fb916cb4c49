using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Or.</summary>
public sealed class Or : LogicalOperator<Or.Test>
{
    public override string Name => "Or";

    public override int Since => 7;

    public override string Doc => "A or B, element by element with broadcasting; bool.";

    /// <summary>The operation.</summary>
    public readonly struct Test : ILogical
    {
        public static int Of(int a, int b) => a | b;
    }
}
