using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Operations on two broadcast bools.</summary>
public abstract class LogicalOperator<TTest> : Operator
    where TTest : struct, ILogical
{
    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(2);
        c.Expect(0, DType.Bool);
        c.Expect(1, DType.Bool);
        return [new(DType.Bool, BroadcastRule.Join(c, c.Shape(0), c.Shape(1)))];
    }

    public override bool IsConstantInput(int input) => true;

    public override Value?[] Gradient(GradientContext c) => [null, null];

    public override object? Prepare(PrepareContext c) => new Lines(c, 2);

    public override void Run(in RunContext c) => ((Lines)c.State!).Run<Line>(c);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(3)], Attributes.None) { Bools = { 0, 1 } },
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None) { Bools = { 0, 1 } },
    ];

    private unsafe struct Line : ILine
    {
        public static void Run(void* a, bool fixedA, void* b, bool fixedB, void* c, bool fixedC, void* y, long count)
        {
            for (long i = 0; i < count; i++)
            {
                ((byte*)y)[i] = (byte)TTest.Of(((byte*)a)[fixedA ? 0 : i], ((byte*)b)[fixedB ? 0 : i]);
            }
        }
    }
}
