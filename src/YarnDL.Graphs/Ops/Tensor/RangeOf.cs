using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Range.</summary>
public sealed class RangeOf : CompositeOperator
{
    public override string Name => "Range";

    public override int Since => 11;

    public override string Doc => "start, start + delta, .. before limit; the three are numbers known before the run.";

    protected override (int Least, int Most) Inputs => (3, 3);

    public override bool IsConstantInput(int input) => true;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        if (x.All(v => v!.DType == DType.Int64 && v.Known is not null))
        {
            long[] whole = [.. x.Select(v => Formula.Known(v!, "the range")[0])];
            long count = Math.Max(0, Counted((double)whole[1] - whole[0], whole[2]));
            return [g.Add("Identity", g.Constant(Tensor.From<long>(new Shape(count), [.. Enumerable.Range(0, (int)count).Select(i => whole[0] + (i * whole[2]))])))];
        }

        float[] n = [.. x.Select(v => v!.Constant is { DType: DType.Float32 } t ? t.Span<float>()[0] : throw new GraphException($"{v.Name} is computed while the graph runs; make it a float32 or int64 constant"))];
        long terms = Math.Max(0, Counted((double)n[1] - n[0], n[2]));
        return [g.Add("Identity", g.Constant(Tensor.From<float>(new Shape(terms), [.. Enumerable.Range(0, (int)terms).Select(i => (float)(n[0] + ((double)i * n[2])))])))];

        static long Counted(double span, double delta) => delta == 0 ? throw new GraphException("delta is 0; a range takes steps") : (long)Math.Ceiling(span / delta);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([SymbolicShape.Scalar, SymbolicShape.Scalar, SymbolicShape.Scalar], Attributes.None) { Numbers = { [0] = [1f], [1] = [-1f], [2] = [-0.4f] } },
        new([SymbolicShape.Scalar, SymbolicShape.Scalar, SymbolicShape.Scalar], Attributes.None) { Numbers = { [0] = [0f], [1] = [17f], [2] = [1f] } },
        new([SymbolicShape.Scalar, SymbolicShape.Scalar, SymbolicShape.Scalar], Attributes.None) { Numbers = { [0] = [2f], [1] = [2f], [2] = [1f] } },
    ];
}
