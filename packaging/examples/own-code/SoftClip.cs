using YarnDL.Graphs;
using YarnDL.Tensors;

namespace OwnCode;

/// <summary>An operator of a domain of its own. It says its shape rule, its numbers and, made of other operators, its gradient.</summary>
internal sealed class SoftClip : Operator
{
    public override string Name => "SoftClip";

    public override string Domain => "own";

    public override int Since => 1;

    public override string Doc => "X / (1 + |X| / limit), element by element.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("limit", 3f)];

    public override ResultType[] Infer(InferContext c) => [new(c.Input(0).DType, c.Input(0).Shape)];

    /// <summary>dX = dY / (1 + |X| / limit)^2.</summary>
    public override Value?[] Gradient(GradientContext c)
    {
        GraphBuilder g = c.G;
        Value d = g.Add("Add", g.Constant(1f), g.Add("Mul", g.Add("Abs", c.Input(0)), g.Constant(1 / c.Attributes.Float("limit"))));
        return [g.Add("Div", c.Dy, g.Add("Mul", d, d))];
    }

    /// <summary>What another framework runs in its place when the model is exported.</summary>
    public override Value[] Decompose(GraphBuilder g, Node node)
    {
        Value x = node.Inputs[0]!;
        return [g.Add("Div", x, g.Add("Add", g.Constant(1f), g.Add("Mul", g.Add("Abs", x), g.Constant(1 / node.Attributes.Float("limit")))))];
    }

    public override void Run(in RunContext c)
    {
        ReadOnlySpan<float> x = c.Inputs[0].Span<float>();
        Span<float> y = c.Outputs[0].Span<float>();
        float limit = c.Attributes.Float("limit");
        for (int i = 0; i < x.Length; i++)
        {
            y[i] = x[i] / (1 + (MathF.Abs(x[i]) / limit));
        }
    }
}
