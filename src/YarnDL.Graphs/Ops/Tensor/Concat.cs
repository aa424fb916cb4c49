using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Concat.</summary>
public sealed class Concat : Operator
{
    public override string Name => "Concat";

    public override string Doc => "The inputs one after another along an axis; the other extents are equal.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", null)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape first = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), first.Rank);
        var dims = first.Dims.ToArray();
        var known = c.KnownValue(0) is { } k ? new List<Dim>(k) : null;
        if (dims[axis].IsRows)
        {
            throw c.Error($"axis {axis} of {first} runs over rows", "rows cannot be appended to rows in a graph; choose another axis");
        }

        for (int i = 1; i < c.InputCount; i++)
        {
            SymbolicShape s = c.Shape(i);
            for (int a = 0; a < dims.Length; a++)
            {
                if (s.Rank != dims.Length || (a != axis && s[a] != dims[a]))
                {
                    throw c.Error($"input {i} is {s}, input 0 is {first}", $"all extents but that of axis {axis} must be equal");
                }
            }

            c.Expect(i, c.DType(0));
            dims[axis] = dims[axis].Factor + s[axis].Factor;
            known = known is not null && c.KnownValue(i) is { } more ? [.. known, .. more] : null;
        }

        return [new(c.DType(0), new SymbolicShape(dims), dims.Length == 1 ? known : null)];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + c.Dy.Shape.Rank : axis;
        var gradients = new Value?[c.Node.Inputs.Count];
        long at = 0;
        for (int i = 0; i < gradients.Length; i++)
        {
            long extent = c.Input(i).Shape[axis].Factor;
            if (c.Needs(i))
            {
                gradients[i] = c.G.Add("Slice", [c.Dy, c.G.Constant([at]), c.G.Constant([at + extent]), c.G.Constant([(long)axis])]);
            }

            at += extent;
        }

        return gradients;
    }

    public override double Flops(PrepareContext c) => 0;

    public override void Run(in RunContext c) => Pieces.Copy(c.Outputs[0], c.Inputs, c.Attributes.Int("axis"), join: true);

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2), new(Dim.N, 3)], new(("axis", 1))),
        new([new(Dim.N, 2, 3), new(Dim.N, 2, 1), new(Dim.N, 2, 2)], new(("axis", -1))),
    ];
}
