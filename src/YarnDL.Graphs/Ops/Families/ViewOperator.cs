using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Operators whose output holds the bytes of input 0 under another shape.</summary>
public abstract unsafe class ViewOperator : Operator
{
    public override bool IsView => true;

    public override bool ReadsInput(Node node, int input) => input == 0;

    public override bool IsConstantInput(int input) => input > 0;

    public override Value?[] Gradient(GradientContext c) => [Gradients.Shapes.Reshape(c.G, c.Dy, c.Input(0).Shape)];

    public override double Flops(PrepareContext c) => 0;

    /// <summary>Copies; programs that share memory never come here.</summary>
    public override void Run(in RunContext c)
    {
        TensorView y = c.Outputs[0];
        long bytes = y.Count * y.DType.Size();
        Buffer.MemoryCopy(c.Inputs[0].Data, y.Data, bytes, bytes);
    }

    /// <summary>The shape after axes of extent 1 are taken away or put in must not move rows past other elements.</summary>
    private protected static void KeepRows(InferContext c, SymbolicShape from, SymbolicShape to)
    {
        if (from.RowAxis >= 0 && to.RowAxis >= 0 && Before(from) != Before(to))
        {
            throw c.Error($"shape {from} to {to} would mix elements of different rows", "keep what lies before the row axis");
        }
    }

    private static long Before(SymbolicShape s)
    {
        long n = 1;
        for (int a = 0; a < s.RowAxis; a++)
        {
            n *= s[a].Factor;
        }

        return n;
    }
}
