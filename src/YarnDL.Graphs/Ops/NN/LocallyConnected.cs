using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>A convolution with weights of its own at every place.</summary>
public sealed class LocallyConnected : CompositeOperator
{
    public override string Name => "LocallyConnected";

    public override string Domain => "yarndl";

    public override string Doc => "X (N, C, spatial..) with W (out.., M, C, kernel..) plus B (out.., M): a convolution whose weights differ from place to place.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("dilations", null, Optional: true), new("pads", null, Optional: true), new("strides", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (2, 3);

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        int axes = x[0]!.Shape.Rank - 2;
        Dim[] w = x[1]!.Shape.Dims.ToArray();
        if (axes < 1 || w.Length != (2 * axes) + 2)
        {
            throw new GraphException($"input is {x[0]!.Shape}, weight {x[1]!.Shape}; they must be (N, C, spatial..) and (out.., M, C, kernel..)");
        }

        Attributes window = a.With("kernel_shape", w[(axes + 2)..].Select(d => d.Factor).ToArray());
        Value columns = g.Add("Im2Col", [x[0]], window);
        (Dim rows, long taps, long places) = (columns.Shape[0], columns.Shape[1].Factor, columns.Shape[2].Factor);
        long outputs = w[axes].Factor;
        Value lines = Shapes.Reshape(g, Formula.Permute(g, columns, 0, 2, 1), new(rows, places, 1, taps));
        Value weights = Formula.Permute(g, Shapes.Reshape(g, x[1]!, new(places, outputs, taps)), 0, 2, 1);
        Value y = Shapes.Reshape(g, g.Add("MatMul", lines, weights), new(rows, places, outputs));
        y = x[2] is null ? y : g.Add("Add", y, Shapes.Reshape(g, x[2]!, new(places, outputs)));
        return [Shapes.Reshape(g, Formula.Permute(g, y, 0, 2, 1), new([rows, outputs, .. w[..axes]]))];
    }

    public override Value[]? Decompose(GraphBuilder g, Node node) => null;

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 5), new(4, 3, 2, 2), new(4, 3)], Attributes.None),
        new([new(Dim.N, 2, 4, 3), new(2, 2, 3, 2, 2, 2)], new(("strides", new long[] { 2, 1 }))),
    ];
}
