using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX MaxUnpool.</summary>
public sealed class MaxUnpool : CompositeOperator
{
    public override string Name => "MaxUnpool";

    public override int Since => 11;

    public override string Doc => "Puts the elements of X (N, C, spatial..) at the places that MaxPool took them from, 0 elsewhere; indices (int64) count within the plane or through the whole value; input 2 may give larger extents, zeros behind.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("kernel_shape", null), new("pads", null, Optional: true), new("strides", null, Optional: true)];

    protected override (int Least, int Most) Inputs => (2, 3);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape s = x[0]!.Shape;
        long[] kernel = a.Ints("kernel_shape");
        if (kernel.Length != s.Rank - 2 || s.RowAxis > 0)
        {
            throw new GraphException($"input is {s}, kernel_shape has {kernel.Length} extents; it must be (N, C, spatial..) with one extent per spatial axis");
        }

        IReadOnlyList<Dim>? given = x[2] is null ? null : x[2]!.Known ?? throw new GraphException("output_shape is computed while the graph runs; make it a constant or arithmetic on shapes");
        if (given is not null && (given.Count != s.Rank || given.Skip(2).Any(d => !d.IsFixed)))
        {
            throw new GraphException($"output_shape has {given.Count} entries, the input is {s}; it must name fixed extents of (N, C, spatial..)");
        }

        var image = new long[kernel.Length];
        for (int i = 0; i < image.Length; i++)
        {
            (long stride, _, long before, long after) = WindowTaps.Axis(a, i, image.Length);
            image[i] = ((s[i + 2].Factor - 1) * stride) + kernel[i] - before - after;
            if (given is not null && given[i + 2].Factor < image[i])
            {
                throw new GraphException($"output_shape has extent {given[i + 2]}, the windows cover {image[i]}; it must not be smaller");
            }
        }

        long plane = image.Aggregate(1L, (p, e) => p * e);
        long taken = s.Dims[2..].ToArray().Aggregate(1L, (p, d) => p * d.Factor);
        SymbolicShape flat = new(s[0] with { Factor = s[0].Factor * s[1].Factor }, taken);
        Value values = Shapes.Reshape(g, x[0]!, flat);
        var nowhere = new long[plane];
        Array.Fill(nowhere, -1);
        Value zeros = g.Add("Pick", values, ("axis", 1), ("indices", nowhere));
        Value places = g.Add("Mod", Shapes.Reshape(g, x[1]!, flat), g.Constant([plane]));
        Value y = g.Add("ScatterElements", [zeros, places, values], new Attributes(("axis", 1)));
        y = Shapes.Reshape(g, y, new([s[0], s[1], .. image.Select(e => (Dim)e)]));

        // Places count within what the windows cover; a larger result has zeros behind it.
        return [given is null ? y : g.Add("Pad", y, g.Constant([.. new long[s.Rank + 2], .. image.Select((e, i) => given[i + 2].Factor - e)]))];
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 2, 2, 1), new(Dim.N, 2, 2, 1)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))) { Indices = { [1] = 8 }, CheckGradient = false },
        new([new(Dim.N, 2, 1, 1), new(Dim.N, 2, 1, 1)], new(("kernel_shape", new long[] { 2, 2 }))) { Indices = { [1] = 4 } },
        new([new(1, 1, 2, 2), new(1, 1, 2, 2)], new(("kernel_shape", new long[] { 2, 2 }), ("strides", new long[] { 2, 2 }))) { Indices = { [1] = 16 }, CheckGradient = false },
    ];
}
