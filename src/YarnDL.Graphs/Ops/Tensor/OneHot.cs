using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX OneHot.</summary>
public sealed unsafe class OneHot : Operator
{
    public override string Name => "OneHot";

    public override string Doc => "(indices, depth, values (off, on)): a new axis of extent depth that holds on at the index and off elsewhere; an index outside -depth..depth-1 gives off everywhere.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L)];

    public override bool IsConstantInput(int input) => true;

    public override bool ReadsInput(Node node, int input) => input != 1;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Int64);
        long depth = c.KnownInts(1, "depth")[0];
        if (c.Shape(2).Rank != 1 || c.Shape(2)[0] != 2)
        {
            throw c.Error($"values are {c.Shape(2)}", "they are two: off and on");
        }

        var dims = new List<Dim>(c.Shape(0).Dims.ToArray());
        dims.Insert(c.Axis(c.Attributes.Int("axis"), dims.Count + 1), depth);
        return [new(c.DType(2), new SymbolicShape([.. dims]))];
    }

    public override Value?[] Gradient(GradientContext c) => [null, null, null];

    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + y.Shape.Rank : axis;
        long inner = y.Shape.CountFrom(axis + 1);
        long depth = y.Shape[axis];
        int size = y.DType.Size();
        for (long i = 0; i < y.Count; i++)
        {
            long k = c.Inputs[0].I64[(i / (inner * depth) * inner) + (i % inner)];
            bool on = (k < 0 ? k + depth : k) == i / inner % depth;
            Buffer.MemoryCopy(c.Inputs[2].U8 + (on ? size : 0), y.U8 + (i * size), size, size);
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N), new(1), new(2)], Attributes.None) { Indices = { [0] = 6 }, Integers = { [1] = [5] } },
        new([new(Dim.N, 3), new(1), new(2)], new(("axis", 1))) { Indices = { [0] = 4 }, Integers = { [1] = [4] } },
    ];
}
