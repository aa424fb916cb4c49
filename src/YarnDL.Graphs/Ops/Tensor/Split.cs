using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Split.</summary>
public sealed class Split : Operator
{
    public override string Name => "Split";

    public override int Since => 18;

    public override string Doc => "X cut along an axis into parts of the given extents; without extents into num_outputs equal parts, the last one smaller.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L), new("num_outputs", null, Optional: true)];

    public override bool IsConstantInput(int input) => input > 0;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        if (x[axis].IsRows)
        {
            throw c.Error($"axis {axis} of {x} runs over rows", "rows cannot be cut inside a graph");
        }

        long extent = x[axis].Factor;
        long count = c.Attributes.Has("num_outputs") ? c.Attributes.Int("num_outputs") : c.Outputs;
        long part = (extent + count - 1) / count;
        long[] parts = c.Has(1) ? c.KnownInts(1, "split") : [.. Enumerable.Range(0, (int)count).Select(i => Math.Min(part, extent - (i * part)))];
        if (parts.Sum() != extent || parts.Any(p => p < 0) || parts.Length < c.Outputs)
        {
            throw c.Error($"parts of {string.Join(", ", parts)} do not make up extent {extent} or {c.Outputs} outputs", "give one extent for each output; they add up to the axis");
        }

        return Array.ConvertAll(parts, p =>
        {
            Dim[] dims = x.Dims.ToArray();
            dims[axis] = p;
            return new ResultType(c.DType(0), new SymbolicShape(dims));
        });
    }

    public override Value?[] Gradient(GradientContext c)
    {
        var parts = new Value[c.Node.Outputs.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = c.OutputGradient(i) ?? c.G.Add("ExpandLike", c.G.Constant(0f), c.Output(i));
        }

        return [c.G.Add("Concat", parts, new Attributes(("axis", c.Attributes.Int("axis")))), null];
    }

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c) => Pieces.Copy(c.Inputs[0], c.Outputs, c.Attributes.Int("axis"), join: false);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5, 2), new(3)], new(("axis", 1)), Outputs: 3) { Integers = { [1] = [1, 3, 1] } },
        new([new(Dim.N, 5)], new(("axis", -1), ("num_outputs", 2)), Outputs: 2),
    ];
}
