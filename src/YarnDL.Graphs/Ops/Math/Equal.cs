using System.Numerics;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Equal.</summary>
public sealed class Equal : CompareOperator<Equal.Test>
{
    public override string Name => "Equal";

    public override string Doc => "A = B, element by element with broadcasting; the result is bool.";

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3)], Attributes.None),
        new([new(Dim.N, 3), SymbolicShape.Scalar], Attributes.None),
        new([new(Dim.N, 9), new(Dim.N, 9)], Attributes.None) { Indices = { [0] = 3, [1] = 3 } },
    ];

    /// <summary>The comparison.</summary>
    public readonly struct Test : ICompare
    {
        public static bool Holds<T>(T a, T b)
            where T : INumber<T> => a == b;
    }
}
