using YarnDL.Tensors.Kernels;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>The larger or the smaller of two values; the gradient goes to the one that was taken, where they are equal to the first.</summary>
public abstract class ExtremeOperator<TPair> : PairOperator<TPair>
    where TPair : struct, IBinaryOperator<TPair>
{
    /// <summary>The comparison that holds where the first is taken.</summary>
    private protected abstract string TakesFirst { get; }

    public override Value?[] Gradient(GradientContext c)
    {
        Value zero = c.G.Constant(0f);
        Value first = c.G.Add(TakesFirst, c.Input(0), c.Input(1));
        Value? left = c.Needs(0) ? c.SumTo(c.G.Add("Where", [first, c.Dy, zero]), c.Input(0)) : null;
        Value? right = c.Needs(1) ? c.SumTo(c.G.Add("Where", [first, zero, c.Dy]), c.Input(1)) : null;
        return [left, right];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None),
        new([new(Dim.N, 3), new(3)], Attributes.None),
    ];
}
