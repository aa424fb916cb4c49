using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The mean of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).</summary>
public sealed class AdaptiveAveragePool : CompositeOperator
{
    public override string Name => "AdaptiveAveragePool";

    public override string Domain => "yarndl";

    public override string Doc => "The mean of window floor(i in / out) .. ceil((i + 1) in / out) - 1 for each place i of output_size, axis by axis of X (N, C, spatial..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("output_size", null)];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long[] size = a.Ints("output_size");
        Value y = x[0]!;
        for (int i = 0; i < size.Length; i++)
        {
            long from = y.Shape[i + 2].Factor;
            long to = size[i];
            y = Formula.Along(g, y, i + 2, from, to, (k, o) => k >= First(o) && k < End(o) ? 1 : 0);
            var dims = new long[size.Length - i];
            Array.Fill(dims, 1);
            dims[0] = to;
            float[] counts = [.. Enumerable.Range(0, (int)to).Select(o => (float)(End(o) - First(o)))];
            y = g.Add("Div", y, g.Constant(YarnDL.Tensors.Tensor.From<float>(new YarnDL.Tensors.Shape(dims), counts)));

            long First(long o) => o * from / to;

            long End(long o) => (((o + 1) * from) + to - 1) / to;
        }

        return [y];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5, 7)], new(("output_size", new long[] { 2, 3 }))),
        new([new(Dim.N, 2, 5)], new(("output_size", new long[] { 7 }))),
    ];
}
