using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>The sum of each window of X (N, C, spatial..); padding adds nothing.</summary>
public sealed class SumPool : CompositeOperator
{
    public override string Name => "SumPool";

    public override string Domain => "yarndl";

    public override string Doc => "The sum of each window of X (N, C, spatial..); padding adds nothing.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [.. Windows.PoolingAttributes];

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        Value mean = g.Add("AveragePool", [x[0]], a);
        long[] kernel = a.Ints("kernel_shape");
        Value y = mean;
        for (int i = 0; i < kernel.Length; i++)
        {
            long stride = a.Find<long[]>("strides")?[i] ?? 1;
            long before = a.String("auto_pad") == "NOTSET" ? a.Find<long[]>("pads")?[i] ?? 0 : throw new GraphException("auto_pad is not supported; write the pads out");
            long extent = x[0]!.Shape[i + 2].Factor;
            var dims = new long[kernel.Length - i];
            Array.Fill(dims, 1);
            dims[0] = mean.Shape[i + 2].Factor;
            var counts = new float[dims[0]];
            for (int o = 0; o < counts.Length; o++)
            {
                long first = (o * stride) - before;
                counts[o] = Math.Min(extent, first + kernel[i]) - Math.Max(0, first);
            }

            y = g.Add("Mul", y, g.Constant(YarnDL.Tensors.Tensor.From<float>(new YarnDL.Tensors.Shape(dims), counts)));
        }

        return [y];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 4)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))),
        new([new(Dim.N, 2, 5, 7)], new(("kernel_shape", new long[] { 3, 2 }), ("pads", new long[] { 1, 1, 1, 0 }), ("strides", new long[] { 2, 1 }), ("ceil_mode", 1))),
    ];
}
