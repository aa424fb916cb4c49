using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>A draw from the normal distribution that a network predicts, as a variational autoencoder takes it (Kingma and Welling 2014).</summary>
public sealed class GaussianSampler : NoiseOperator
{
    public override string Name => "GaussianSampler";

    public override string Doc => "(mean, log_variance): the mean at rest; in training mean + e^(log_variance / 2) times a normal number.";

    protected override (int Least, int Most) Inputs => (2, 2);

    private protected override IReadOnlyList<AttributeSpec> Options { get; } = [];

    private protected override Value Drawing(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a, long stream)
    {
        Value deviation = g.Add("Exp", g.Add("Mul", x[1]!, g.Constant(0.5f)));
        return g.Add("Add", x[0]!, g.Add("Mul", deviation, g.Add("RandomNormal", x[0]!, ("stream", stream))));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 7), new(Dim.N, 7)], new(("stream", 3))),
        new([new(Dim.N, 3), new(Dim.N, 3)], Attributes.None),
    ];
}
