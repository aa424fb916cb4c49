using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops;

/// <summary>Uniform random numbers.</summary>
public sealed class RandomUniform : RandomOperator
{
    public override string Name => "RandomUniform";

    public override string Doc => "A uniform number of low .. high for each element of X, whose content is not read.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("high", 1f), new("low", 0f), new("stream", null)];

    public override void Run(in RunContext c) => Fill(c, new RandomMaps.Between(c.Attributes.Float("low"), c.Attributes.Float("high")));

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7)], new(("low", -0.25), ("high", 0.5), ("stream", 2))),
        new([new(3, Dim.N, 5)], new(("stream", 0))),
    ];
}
