using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>Torch7's spatial subtractive normalisation.</summary>
public sealed class SubtractiveNormalization : CompositeOperator
{
    public override string Name => "SubtractiveNormalization";

    public override string Domain => "yarndl";

    public override string Doc => "X (N, C, H, W) minus the mean of its neighbourhood in all channels, weighted by kernel (kh, kw, odd); at the border by the part inside.";

    protected override (int Least, int Most) Inputs => (2, 2);

    public override bool IsConstantInput(int input) => input == 1;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Sub", x[0]!, Neighbourhood(g, x[0]!, x[1]!, v => v))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 2, 4, 5), new(3, 3)], Attributes.None, 0.25, 1)];

    /// <summary>finish(the weighted mean) / the weights inside the value, (N, 1, H, W).</summary>
    internal static Value Neighbourhood(GraphBuilder g, Value x, Value kernel, Func<Value, Value> finish)
    {
        SymbolicShape s = x.Shape;
        SymbolicShape k = kernel.Shape;
        if (s.Rank != 4 || k.Rank != 2 || !k.IsFixed || k[0].Factor % 2 == 0 || k[1].Factor % 2 == 0)
        {
            throw new GraphException($"input is {s}, kernel {k}; they must be (N, C, H, W) and a fixed (kh, kw) with odd extents");
        }

        long channels = s[1].Factor;
        long[] pads = [k[0].Factor / 2, k[1].Factor / 2, k[0].Factor / 2, k[1].Factor / 2];
        Value share = g.Add("Div", kernel, g.Add("Mul", g.Add("ReduceSum", [kernel], new Attributes(("keepdims", 1))), g.Constant((float)channels)));
        Value weights = g.Add("Expand", Shapes.Reshape(g, share, new(1, 1, k[0], k[1])), g.Constant([1L, channels, k[0].Factor, k[1].Factor]));
        Value ones = g.Add("Expand", g.Constant(1f), g.Constant([1L, channels, s[2].Factor, s[3].Factor]));
        Value inside = g.Add("Conv", [ones, weights], new Attributes(("pads", pads)));
        return g.Add("Div", finish(g.Add("Conv", [x, weights], new Attributes(("pads", pads)))), inside);
    }
}
