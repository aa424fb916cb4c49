using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Shape: the extents, known before the run up to the number of rows.</summary>
public sealed unsafe class ShapeOf : Operator
{
    public override string Name => "Shape";

    public override int Since => 15;

    public override string Doc => "The extents of X from axis start to axis end, as int64 (rank).";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("start", 0L), new("end", null, Optional: true)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        (int start, int end) = Range(c.Attributes, x.Rank);
        Dim[] dims = x.Dims[start..end].ToArray();
        return [new(DType.Int64, new SymbolicShape(dims.Length), dims)];
    }

    public override bool IsConstantInput(int input) => true;

    public override bool ReadsInput(Node node, int input) => false;

    public override Value?[] Gradient(GradientContext c) => [null];

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c)
    {
        (int start, int end) = Range(c.Attributes, c.Inputs[0].Shape.Rank);
        for (int i = start; i < end; i++)
        {
            c.Outputs[0].I64[i - start] = c.Inputs[0].Shape[i];
        }
    }

    private static (int Start, int End) Range(Attributes a, int rank)
    {
        long start = a.Int("start");
        long end = a.Has("end") ? a.Int("end") : rank;
        int from = (int)Math.Clamp(start < 0 ? start + rank : start, 0, rank);
        int to = (int)Math.Clamp(end < 0 ? end + rank : end, 0, rank);
        return (from, Math.Max(from, to));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3, 2)], Attributes.None), new([new(Dim.N, 3, 2)], new(("start", 1), ("end", -1)))];
}
