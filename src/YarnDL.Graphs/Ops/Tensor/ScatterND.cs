using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ScatterND with float32 data.</summary>
public sealed unsafe class ScatterND : Operator
{
    public override string Name => "ScatterND";

    public override int Since => 18;

    public override string Doc => "A copy of data (d1..dk, r..) in which the slices of updates (i.., r..) are put, added, multiplied, or joined by max or min (reduction) at the tuples indices (i.., k), in ascending order.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("reduction", "none")];

    public override bool IsConstantInput(int input) => input == 1;

    public override (int Input, int Output) InPlace => (0, 0);

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(2, DType.Float32);
        int width = TuplePlaces.Width(c, 0, 1, 0);
        ScatterRule.Of(c);
        var updates = new SymbolicShape([.. c.Shape(1).Dims[..^1], .. c.Shape(0).Dims[width..]]);
        if (c.Shape(1).RowAxis >= 0)
        {
            throw c.Error($"indices are {c.Shape(1)}", "they cannot run over rows: rows would meet in one value");
        }

        return c.Shape(2).Equals(updates) ? [new(DType.Float32, c.Shape(0))] : throw c.Error($"updates are {c.Shape(2)}", $"they must be {updates}");
    }

    /// <summary>Where several updates meet without a reduction only the last counts; the rule gives each of them the gradient, as PyTorch does.</summary>
    public override Value?[] Gradient(GradientContext c)
    {
        Value? updates = c.Needs(2) ? c.G.Add("GatherND", c.Dy, c.Input(1)) : null;
        switch (c.Attributes.String("reduction"))
        {
            case "add":
                return [c.Dy, null, updates];
            case "none":
                return [c.Needs(0) ? c.G.Add("ScatterND", [c.Dy, c.Input(1), c.G.Add("ExpandLike", c.G.Constant(0f), c.Input(2))]) : null, null, updates];
            default:
                return base.Gradient(c);
        }
    }

    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        if (c.Inputs[0].Data != y.Data)
        {
            Buffer.MemoryCopy(c.Inputs[0].Data, y.Data, y.Count * sizeof(float), y.Count * sizeof(float));
        }

        int width = (int)c.Inputs[1].Shape[^1];
        long line = y.Shape.CountFrom(width);
        ScatterReduction rule = ScatterRule.Of(c.Attributes);
        long tuples = c.Inputs[1].Count / width;
        for (long t = 0; t < tuples; t++)
        {
            float* to = y.F32 + (TuplePlaces.Entry(c, y.Shape, 1, 0, width, t) * line);
            for (long k = 0; k < line; k++)
            {
                ScatterRule.Join(rule, ref to[k], c.Inputs[2].F32[(t * line) + k]);
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(3, 4), new(5, 2), new(5)], new(("reduction", "add"))) { Indices = { [1] = 3 } },
        new([new(3, 4), new(2, 1), new(2, 4)], Attributes.None) { Indices = { [1] = 3 }, CheckGradient = false },
        new([new(3, 4), new(2, 1), new(2, 4)], new(("reduction", "mul"))) { Indices = { [1] = 3 }, CheckGradient = false },
    ];
}
