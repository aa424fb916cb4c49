using YarnDL.Tensors;
using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Poolings and their gradients; geometry comes from one input, X.</summary>
public abstract class PoolOperator : Operator
{
    public override IReadOnlyList<AttributeSpec> AttributeSpecs => Windows.PoolingAttributes;

    /// <summary>Which input is X, or has its shape.</summary>
    private protected virtual int Source => 0;

    public override object? Prepare(PrepareContext c) => Windows.Pooling(c.Attributes, c.Input(Source));

    public override double Flops(PrepareContext c)
    {
        PoolingShape s = Windows.Pooling(c.Attributes, c.Input(Source));
        return (double)c.Input(Source)[0] * s.Channels * s.Positions * s.KernelHeight * s.KernelWidth;
    }

    /// <summary>The shape of the pooled value, or an error in the words of the node.</summary>
    private protected SymbolicShape Pooled(InferContext c)
    {
        SymbolicShape x = c.Shape(Source);
        if (x.RowAxis > 0)
        {
            throw c.Error($"input is {x}", "rows must be its first axis");
        }

        try
        {
            PoolingShape s = Windows.Pooling(c.Attributes, x.At(1));
            return Windows.Result(x, s.Channels, s.OutputHeight, s.OutputWidth);
        }
        catch (ArgumentException e)
        {
            throw new GraphException($"[pool] {c.NodeName}: {e.Message.Replace("[pool] ", "")}", e);
        }
    }

    /// <summary>Refuses a gradient that is not shaped as the pooled value.</summary>
    private protected void ExpectPooled(InferContext c, int input)
    {
        SymbolicShape y = Pooled(c);
        if (!c.Shape(input).Equals(y))
        {
            throw c.Error($"input {input} is {c.Shape(input)}", $"it must be {y}, as the pooled value");
        }
    }
}
