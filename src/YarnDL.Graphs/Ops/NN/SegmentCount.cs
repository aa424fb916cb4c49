using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>How many values per channel batch normalisation sees.</summary>
public sealed unsafe class SegmentCount : SegmentOperator
{
    public override string Name => "SegmentCount";

    public override string Doc => "(N, 1): the rows of a row's own segment times the positions of X (N, C, spatial..); the content of X is not read.";

    public override bool IsConstantInput(int input) => true;

    public override bool ReadsInput(Node node, int input) => false;

    public override ResultType[] Infer(InferContext c) => [new(DType.Float32, new(RowsFirst(c, 2)[0], 1))];

    public override Value?[] Gradient(GradientContext c) => [null];

    public override object? Prepare(PrepareContext c) => c.Input(0).CountFrom(2);

    public override void Run(in RunContext c)
    {
        long positions = (long)c.State!;
        for (int s = 0; s < c.Rows.Count; s++)
        {
            (long first, long count) = Segment(c, s);
            new Span<float>(c.Outputs[0].F32 + first, (int)count).Fill(count * positions);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None), new([new(Dim.N, 2, 5)], Attributes.None)];
}
