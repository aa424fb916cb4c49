namespace YarnDL.Graphs.Ops;

/// <summary>Conv and the activation behind it; the fusion pass makes it.</summary>
public sealed class FusedConv : Conv
{
    public override string Name => "FusedConv";

    public override string Domain => "yarndl";

    public override string Doc => "activation(Conv(X, W, B)); activation is Relu, Tanh or Sigmoid.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("activation", null)];

    public override Value?[] Gradient(GradientContext c) =>
        throw new GraphException("[FusedConv] is forward only: passes make it after the gradients are in the graph");

    public override Value[]? Decompose(GraphBuilder g, Node node)
    {
        Attributes own = Attributes.None;
        foreach ((string key, object value) in node.Attributes.All)
        {
            own = key == "activation" ? own : own.With(key, value);
        }

        return [g.Add(node.Attributes.String("activation"), g.Add("Conv", [.. node.Inputs], own))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 6, 5), new(3, 2, 3, 3), new(3)], new(("activation", "Relu"))) { CheckGradient = false },
        new([new(Dim.N, 2, 6, 5), new(3, 2, 3, 3)], new(("activation", "Tanh"))) { CheckGradient = false },
    ];
}
