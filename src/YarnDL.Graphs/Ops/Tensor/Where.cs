using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Where.</summary>
public sealed unsafe class Where : Operator
{
    public override string Name => "Where";

    public override int Since => 16;

    public override string Doc => "X where the condition holds, else Y, with broadcasting.";

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Bool);
        c.Expect(2, c.DType(1));
        return [new(c.DType(1), BroadcastRule.Join(c, BroadcastRule.Join(c, c.Shape(0), c.Shape(1)), c.Shape(2)))];
    }

    public override bool IsConstantInput(int input) => input == 0;

    public override Value?[] Gradient(GradientContext c)
    {
        Value zero = c.G.Constant(0f);
        Value? left = c.Needs(1) ? c.SumTo(c.G.Add("Where", [c.Input(0), c.Dy, zero]), c.Input(1)) : null;
        Value? right = c.Needs(2) ? c.SumTo(c.G.Add("Where", [c.Input(0), zero, c.Dy]), c.Input(2)) : null;
        return [null, left, right];
    }

    public override object? Prepare(PrepareContext c) => new Lines(c, 3);

    public override void Run(in RunContext c)
    {
        var lines = (Lines)c.State!;
        switch (c.Outputs[0].DType.Size())
        {
            case 1: lines.Run<Line<byte>>(c); break;
            case 2: lines.Run<Line<ushort>>(c); break;
            case 4: lines.Run<Line<uint>>(c); break;
            default: lines.Run<Line<ulong>>(c); break;
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3), new(3)], Attributes.None) { Bools = { 0 } },
        new([new(3), new(Dim.N, 3), SymbolicShape.Scalar], Attributes.None) { Bools = { 0 } },
    ];

    private struct Line<T> : ILine
        where T : unmanaged
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                ((T*)y)[i] = ((byte*)a)[fixedA ? 0 : i] != 0 ? ((T*)b)[fixedB ? 0 : i] : ((T*)c)[fixedC ? 0 : i];
            }
        }
    }
}
