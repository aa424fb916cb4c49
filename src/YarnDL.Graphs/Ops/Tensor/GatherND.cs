using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GatherND.</summary>
public sealed unsafe class GatherND : Operator
{
    public override string Name => "GatherND";

    public override string Doc => "Slices of X by tuples: X (b.., d1..dk, r..) and indices (b.., i.., k) give (b.., i.., r..).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("batch_dims", 0L)];

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        int batch = (int)c.Attributes.Int("batch_dims");
        int width = TuplePlaces.Width(c, 0, 1, batch);
        return [new(c.DType(0), new SymbolicShape([.. c.Shape(1).Dims[..^1], .. c.Shape(0).Dims[(batch + width)..]]))];
    }

    public override Value?[] Gradient(GradientContext c) => [c.G.Add("GatherNDGrad", [c.Dy, c.Input(0), c.Input(1)], c.Attributes), null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        int batch = (int)c.Attributes.Int("batch_dims");
        int width = (int)c.Inputs[1].Shape[^1];
        long bytes = x.Shape.CountFrom(batch + width) * x.DType.Size();
        long entries = TuplePlaces.Entries(x.Shape, batch, width);
        long outer = x.Shape.CountTo(batch);
        long tuples = outer == 0 ? 0 : c.Inputs[1].Count / width / outer;
        for (long t = 0; t < outer * tuples; t++)
        {
            long entry = (t / tuples * entries) + TuplePlaces.Entry(c, x.Shape, 1, batch, width, t);
            Buffer.MemoryCopy(x.U8 + (entry * bytes), c.Outputs[0].U8 + (t * bytes), bytes, bytes);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 3, 2), new(Dim.N, 4, 2)], Attributes.None) { Indices = { [1] = 3 } },
        new([new(Dim.N, 3, 2), new(Dim.N, 4, 1)], new(("batch_dims", 1))) { Indices = { [1] = 3 } },
    ];
}
