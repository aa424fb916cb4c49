using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX ScatterElements with float32 data.</summary>
public sealed unsafe class ScatterElements : Operator
{
    public override string Name => "ScatterElements";

    public override int Since => 18;

    public override string Doc => "A copy of data in which every element of updates is put, added, multiplied, or joined by max or min (reduction) at its index along axis, in ascending order.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L), new("reduction", "none")];

    public override bool IsConstantInput(int input) => input == 1;

    public override (int Input, int Output) InPlace => (0, 0);

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        c.Expect(2, DType.Float32);
        ElementPlaces.Check(c);
        ScatterRule.Of(c);
        return c.Shape(2).Equals(c.Shape(1)) ? [new(DType.Float32, c.Shape(0))]
            : throw c.Error($"updates are {c.Shape(2)}, indices {c.Shape(1)}", "they must be alike");
    }

    /// <summary>Where several updates meet without a reduction only the last counts; the rule gives each of them the gradient, as PyTorch does.</summary>
    public override Value?[] Gradient(GradientContext c)
    {
        string reduction = c.Attributes.String("reduction");
        var axis = new Attributes(("axis", c.Attributes.Int("axis")));
        Value Pick(Value v) => c.G.Add("GatherElements", [v, c.Input(1)], axis);
        switch (reduction)
        {
            case "add":
                return [c.Dy, null, c.Needs(2) ? Pick(c.Dy) : null];
            case "none":
                Value zeros = c.G.Add("ExpandLike", c.G.Constant(0f), c.Input(2));
                return [c.Needs(0) ? c.G.Add("ScatterElements", [c.Dy, c.Input(1), zeros], axis) : null, null, c.Needs(2) ? Pick(c.Dy) : null];
            case "mul":
                Value? data = c.Needs(0) ? c.G.Add("ScatterElements", [c.Dy, c.Input(1), c.Input(2)], axis.With("reduction", "mul")) : null;
                return [data, null, c.Needs(2) ? c.G.Add("Div", Pick(c.G.Add("Mul", c.Dy, c.Output(0))), c.Input(2)) : null];
            default:
                return base.Gradient(c);
        }
    }

    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        TensorView indices = c.Inputs[1];
        if (c.Inputs[0].Data != y.Data)
        {
            Buffer.MemoryCopy(c.Inputs[0].Data, y.Data, y.Count * sizeof(float), y.Count * sizeof(float));
        }

        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + y.Shape.Rank : axis;
        ScatterReduction rule = ScatterRule.Of(c.Attributes);
        long* index = stackalloc long[y.Shape.Rank];
        for (long i = 0; i < indices.Count; i++)
        {
            ScatterRule.Join(rule, ref y.F32[ElementPlaces.Place(c, y.Shape, indices, axis, i, index)], c.Inputs[2].F32[i]);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(Dim.N, 3), new(Dim.N, 3)], new(("axis", 1), ("reduction", "add"))) { Indices = { [1] = 5 } },
        new([new(4, 3), new(6, 2), new(6, 2)], new(("axis", 0), ("reduction", "mul")), 0.5, 1.5) { Indices = { [1] = 4 } },
        new([new(Dim.N, 4), new(Dim.N, 2), new(Dim.N, 2)], new(("axis", 1))) { Indices = { [1] = 4 }, CheckGradient = false },
        new([new(Dim.N, 4), new(Dim.N, 2), new(Dim.N, 2)], new(("axis", 1), ("reduction", "max"))) { Indices = { [1] = 4 }, CheckGradient = false },
        new([new(Dim.N, 4), new(Dim.N, 2), new(Dim.N, 2)], new(("axis", 1), ("reduction", "min"))) { Indices = { [1] = 4 }, CheckGradient = false },
    ];
}
