using YarnDL.Graphs.Ops.Families;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Transpose.</summary>
public sealed unsafe class Transpose : Operator
{
    public override string Name => "Transpose";

    public override string Doc => "The axes of X in the order perm: extent i of Y is extent perm[i] of X; without perm, reversed.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("perm", null, Optional: true)];

    public override ResultType[] Infer(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        long[] perm = Order(c.Attributes, x.Rank);
        var dims = new Dim[x.Rank];
        var seen = new bool[x.Rank];
        for (int i = 0; i < dims.Length; i++)
        {
            if (perm.Length != dims.Length || perm[i] < 0 || perm[i] >= dims.Length || seen[perm[i]])
            {
                throw c.Error($"perm ({string.Join(", ", perm)}) does not order the {x.Rank} axes of {x}", "give each axis once");
            }

            seen[perm[i]] = true;
            dims[i] = x[(int)perm[i]];
        }

        return [new(c.DType(0), new SymbolicShape(dims))];
    }

    public override Value?[] Gradient(GradientContext c)
    {
        long[] perm = Order(c.Attributes, c.Input(0).Shape.Rank);
        var back = new long[perm.Length];
        for (int i = 0; i < back.Length; i++)
        {
            back[perm[i]] = i;
        }

        return [c.G.Add("Transpose", c.Dy, ("perm", back))];
    }

    public override double Flops(PrepareContext c) => 0;

    public override object? Prepare(PrepareContext c)
    {
        long[] perm = Order(c.Attributes, c.Input(0).Rank);
        return new Strided(c.Output(0), Strided.Permuted(c.Input(0), perm), c.Node.Outputs[0]!.DType.Size());
    }

    public override void Run(in RunContext c) => ((Strided)c.State!).Copy(c.Pool, c.Inputs[0].Data, c.Outputs[0].Data);

    private static long[] Order(Attributes a, int rank)
    {
        if (a.Find<long[]>("perm") is { } perm)
        {
            return perm;
        }

        var reversed = new long[rank];
        for (int i = 0; i < rank; i++)
        {
            reversed[i] = rank - 1 - i;
        }

        return reversed;
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 3)], new(("perm", new long[] { 0, 2, 1 }))),
        new([new(Dim.N, 5)], Attributes.None),
        new([new(Dim.N, 2, 3, 4)], new(("perm", new long[] { 0, 2, 3, 1 }))),
        new([new(17, 19)], Attributes.None),
    ];
}
