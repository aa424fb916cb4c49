using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX GatherElements.</summary>
public sealed unsafe class GatherElements : Operator
{
    public override string Name => "GatherElements";

    public override string Doc => "Y of the shape of the indices: Y[i][j][k] = X[i][index[i][j][k]][k] for axis 1, and likewise for others.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L)];

    public override bool IsConstantInput(int input) => input == 1;

    public override ResultType[] Infer(InferContext c)
    {
        ElementPlaces.Check(c);
        return [new(c.DType(0), c.Shape(1))];
    }

    public override Value?[] Gradient(GradientContext c) =>
        [c.G.Add("ScatterElements", [c.G.Add("ExpandLike", c.G.Constant(0f), c.Input(0)), c.Input(1), c.Dy], new Attributes(("axis", c.Attributes.Int("axis")), ("reduction", "add"))), null];

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        TensorView indices = c.Inputs[1];
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Shape.Rank : axis;
        int size = x.DType.Size();
        long* index = stackalloc long[x.Shape.Rank];
        for (long i = 0; i < indices.Count; i++)
        {
            Buffer.MemoryCopy(x.U8 + (ElementPlaces.Place(c, x.Shape, indices, axis, i, index) * size), c.Outputs[0].U8 + (i * size), size, size);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(Dim.N, 3)], new(("axis", 1))) { Indices = { [1] = 5 } },
        new([new(4, 3), new(6, 2)], new(("axis", 0))) { Indices = { [1] = 4 } },
        new([new(Dim.N, 2, 3), new(Dim.N, 1, 4)], new(("axis", -1))) { Indices = { [1] = 3 } },
    ];
}
