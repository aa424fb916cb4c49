namespace YarnDL.Graphs.Ops;

/// <summary>Gemm and the activation behind it; the fusion pass makes it.</summary>
public sealed class FusedGemm : Gemm
{
    public override string Name => "FusedGemm";

    public override string Domain => "yarndl";

    public override string Doc => "activation(Gemm(A, B, C)) with alpha = beta = 1 and C (n); activation is Relu, Tanh or Sigmoid.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs => [.. base.AttributeSpecs, new("activation", null)];

    public override Value?[] Gradient(GradientContext c) =>
        throw new GraphException("[FusedGemm] is forward only: passes make it after the gradients are in the graph");

    public override Value[]? Decompose(GraphBuilder g, Node node) =>
        [g.Add(node.Attributes.String("activation"), g.Add("Gemm", [.. node.Inputs], new Attributes(("transA", node.Attributes.Int("transA")), ("transB", node.Attributes.Int("transB")))))];

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 5), new(4, 5), new(4)], new(("transB", 1), ("activation", "Tanh"))) { CheckGradient = false },
        new([new(Dim.N, 5), new(5, 4)], new(("activation", "Relu"))) { CheckGradient = false },
        new([new(Dim.N, 5), new(5, 19), new(19)], new(("activation", "Sigmoid"))) { CheckGradient = false },
    ];
}
