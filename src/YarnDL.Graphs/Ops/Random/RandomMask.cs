using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>The mask of dropout.</summary>
public sealed class RandomMask : RandomOperator
{
    public override string Name => "RandomMask";

    public override string Doc => "kept where a uniform number is at least ratio, else 0, for each element of X (with channels for each row and channel of X (N, C, ..), the other extents are 1).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("channels", 0L), new("kept", 1f), new("ratio", null), new("stream", null)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = base.Infer(c)[0].Shape;
        if (c.Attributes.Int("channels") == 0)
        {
            return [new(DType.Float32, x)];
        }

        return x.Rank >= 2 && x.RowAxis <= 0 ? [new(DType.Float32, new([x[0], x[1], .. Enumerable.Repeat((Dim)1, x.Rank - 2)]))]
            : throw c.Error($"input is {x}", "with channels it must be (N, C, ..)");
    }

    public override void Run(in RunContext c) => Fill(c, new RandomMaps.Mask(c.Attributes.Float("ratio"), c.Attributes.Float("kept")));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7)], new(("ratio", 0.3), ("stream", 2))),
        new([new(3, Dim.N, 5)], new(("ratio", 0.5), ("kept", 2.0), ("stream", 0))),
        new([new(new Dim(3, Dim.Rows), 37)], new(("ratio", 0.25), ("stream", 1))),
        new([new(Dim.N, 5, 2, 3)], new(("ratio", 0.5), ("channels", 1), ("stream", 1))),
        new([new(1100)], new(("ratio", 0.5), ("stream", 1))),
    ];
}
