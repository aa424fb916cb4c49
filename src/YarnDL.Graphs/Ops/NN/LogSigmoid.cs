using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>-ln(1 + e^-X), element by element.</summary>
public sealed class LogSigmoid : CompositeOperator
{
    public override string Name => "LogSigmoid";

    public override string Domain => "yarndl";

    public override string Doc => "-ln(1 + e^-X), element by element.";

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a) => [g.Add("Neg", g.Add("Softplus", g.Add("Neg", x[0]!)))];

    public override IReadOnlyList<OperatorSample> Samples { get; } = [new([new(Dim.N, 3)], Attributes.None, -2, 2), new([new(Dim.N, 3, 7)], Attributes.None, -2, 2)];
}
