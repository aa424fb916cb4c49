namespace YarnDL.Graphs.Ops.Families;

/// <summary>
/// A layer that is random while it trains. Its attribute stream is -1 at rest, which is what evaluation and files hold; the training form of a
/// graph gives each such node a number of its own.
/// </summary>
public abstract class NoiseOperator : CompositeOperator
{
    public override string Domain => "yarndl";

    public override bool UsesRandomness => true;

    public sealed override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. Options, new("stream", -1L)];

    /// <summary>The attributes beside stream.</summary>
    private protected abstract IReadOnlyList<AttributeSpec> Options { get; }

    /// <summary>What it computes at rest: by default its first input.</summary>
    private protected virtual Value Resting(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => g.Add("Identity", x[0]!);

    /// <summary>What it computes while it trains.</summary>
    private protected abstract Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream);

    protected sealed override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        long stream = a.Int("stream");
        return [stream < 0 ? Resting(g, x, a) : Drawing(g, x, a, stream)];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => node.Attributes.Int("stream") < 0 ? base.Decompose(g, node) : null;

    /// <summary>A share of elements that are left out, 0 or more and below 1.</summary>
    private protected static float Ratio(Attributes a) => a.Float("ratio") is >= 0 and < 1 ? a.Float("ratio")
        : throw new GraphException($"ratio is {a.Float("ratio")}; it must be 0 or more and below 1");
}
