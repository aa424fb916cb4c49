using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>Normal random numbers.</summary>
public sealed class RandomNormal : RandomOperator
{
    public override string Name => "RandomNormal";

    public override string Doc => "A normal number of mean and deviation for each element of X, whose content is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("deviation", 1f), new("mean", 0f), new("stream", null)];

    public override void Run(in RunContext c) => Fill(c, new RandomMaps.Normal(c.Attributes.Float("mean"), c.Attributes.Float("deviation")));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7)], new(("mean", 1.0), ("deviation", 0.5), ("stream", 2))),
        new([new(3, Dim.N, 5)], new(("stream", 0))),
    ];
}
