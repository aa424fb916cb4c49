using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX And.</summary>
public sealed class And : LogicalOperator<And.Test>
{
    public override string Name => "And";

    public override int Since => 7;

    public override string Doc => "A and B, element by element with broadcasting; bool.";

    /// <summary>The operation.</summary>
    public readonly struct Test : ILogical
    {
        public static int Of(int a, int b) => a & b;
    }
}
