using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX EyeLike.</summary>
public sealed class EyeLike : CompositeOperator
{
    public override string Name => "EyeLike";

    public override int Since => 9;

    public override string Doc => "A matrix of the shape of X, whose content is not read, with 1 on the k-th diagonal above the main one; dtype is an ONNX number, float32 or X's own.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("dtype", null, Optional: true), new("k", 0L)];

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape s = x[0]!.Shape;
        if (s.Rank != 2 || !s.IsFixed)
        {
            throw new GraphException($"input is {s}; it must be a matrix of fixed extents");
        }

        var ones = new float[s.At(1).ElementCount];
        for (long i = 0; i < ones.Length; i++)
        {
            ones[i] = i % s[1].Factor == (i / s[1].Factor) + a.Int("k") ? 1 : 0;
        }

        return [g.Add("Cast", g.Constant(Tensor.From<float>(s.At(1), ones)), ("to", a.Has("dtype") ? a.Int("dtype") : Cast.Number(x[0]!.DType)))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 4)], new(("k", 1))),
        new([new(3, 2)], new(("dtype", 7))),
    ];
}
