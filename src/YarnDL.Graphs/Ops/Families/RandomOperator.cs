using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Random numbers in the shape of X, whose content is not read, keyed by seed, epoch, row and element within the row.</summary>
public abstract unsafe class RandomOperator : Operator
{
    public override string Domain => "yarndl";

    public override bool UsesRandomness => true;

    public override bool IsConstantInput(int input) => true;

    public override bool ReadsInput(Node node, int input) => false;

    public override ResultType[] Infer(InferContext c)
    {
        c.ExpectInputs(1);
        if (c.Attributes.Int("stream") is < 0 or > 0xFFFF)
        {
            throw c.Error($"stream is {c.Attributes.Int("stream")}", "it must be 0..65535, another one for each random node of a graph");
        }

        return [new(DType.Float32, c.Shape(0))];
    }

    public override Value?[] Gradient(GradientContext c) => [null];

    /// <summary>Fills output 0.</summary>
    private protected static void Fill<TMap>(in RunContext c, TMap map)
        where TMap : struct, IRandomMap
    {
        SymbolicShape symbolic = c.Node.Outputs[0]!.Shape;
        Shape y = c.Outputs[0].Shape;
        int axis = symbolic.RowAxis;
        if (axis >= 0 && c.Random.RowNumbers == null)
        {
            throw new GraphException($"[{c.Node.Operator.Name}] {c.Node.Name}: the run has no row numbers, by which random numbers are keyed; give them with the keys of the run");
        }

        uint purpose = Philox.Purpose(RandomKind.Dropout, (int)c.Attributes.Int("stream"));
        long rows = axis < 0 ? 1 : c.Rows.Rows;
        long outer = axis < 0 ? 1 : y.CountTo(axis);
        long run = axis < 0 ? y.ElementCount : y.CountFrom(axis + 1) * symbolic[axis].Factor;
        RandomFill.Run(c.Pool, map, c.Random.Seed, purpose, c.Random.Epoch, axis < 0 ? null : c.Random.RowNumbers, axis < 0 ? null : c.Random.Copies, outer, rows, run, c.Outputs[0].F32);
    }
}
