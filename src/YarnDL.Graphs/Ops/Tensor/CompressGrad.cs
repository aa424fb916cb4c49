using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>The gradient of Compress.</summary>
public sealed unsafe class CompressGrad : Operator
{
    public override string Name => "CompressGrad";

    public override string Domain => "yarndl";

    public override string Doc => "(dY, X, condition): dY at the places of X that Compress kept, 0 elsewhere; the content of X is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Compress.Options;

    public override bool TakesBounds => true;

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input != 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(3);
        c.Expect(0, DType.Float32);
        SymbolicShape y = Compress.Result(c, 1, 2);
        return c.Shape(0).At(1).ElementCount == y.At(1).ElementCount && c.Shape(0).Rank == y.Rank ? [new(DType.Float32, c.Shape(1))]
            : throw c.Error($"dY is {c.Shape(0)}", $"it must be {y}, as what is kept");
    }

    public override void Run(in RunContext c)
    {
        TensorView dx = c.Outputs[0];
        TensorView condition = c.Inputs[2];
        (long outer, long extent, long inner) = Compress.Extents(c.Attributes, dx.Shape);
        new Span<float>(dx.F32, checked((int)dx.Count)).Clear();
        float* from = c.Inputs[0].F32;
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < condition.Count; i++)
            {
                if (condition.U8[i] != 0)
                {
                    new ReadOnlySpan<float>(from, checked((int)inner)).CopyTo(new Span<float>(dx.F32 + (((o * extent) + i) * inner), checked((int)inner)));
                    from += inner;
                }
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(12), new(3, 4), new(12)], Attributes.None) { Bools = { 2 }, CheckGradient = false },
        new([new(3, 3, 2), new(3, 4, 2), new(3)], new(("axis", 1))) { Bools = { 2 }, CheckGradient = false },
    ];
}
