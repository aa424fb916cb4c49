using YarnDL.Graphs.Ops.Families;

namespace YarnDL.Graphs.Ops;

/// <summary>ONNX Pad.</summary>
public sealed class Pad : CompositeOperator
{
    public override string Name => "Pad";

    public override int Since => 18;

    public override string Doc => "X with elements before and behind each axis but the rows: a constant, the border (edge), mirrored (reflect) or repeated (wrap); negative pads crop.";

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("mode", "constant")];

    protected override (int Least, int Most) Inputs => (2, 4);

    public override bool IsConstantInput(int input) => input > 0;

    protected override Value[] Body(GraphBuilder g, IReadOnlyList<Value?> x, Attributes a)
    {
        SymbolicShape shape = x[0]!.Shape;
        long[] pads = Formula.Known(x[1]!, "pads");
        int[] axes = x[3] is { } given ? [.. Formula.Known(given, "axes").Select(i => Formula.Axis(i, shape.Rank))] : [.. Enumerable.Range(0, shape.Rank)];
        float value = x[2] is null ? 0 : x[2]!.Constant?.Span<float>()[0] ?? throw new GraphException("constant_value is computed while the graph runs; make it a constant");
        Value y = x[0]!;
        for (int i = 0; i < axes.Length; i++)
        {
            long before = pads[i];
            long extent = shape[axes[i]].Factor;
            if (extent == 0 && a.String("mode") != "constant")
            {
                throw new GraphException($"axis {axes[i]} of {shape} is empty, mode is {a.String("mode")}; an empty axis is padded with a constant only");
            }

            if (before != 0 || pads[i + axes.Length] != 0)
            {
                long[] places = Formula.Places(extent + before + pads[i + axes.Length], o => Source(a.String("mode"), o - before, extent), extent);
                y = g.Add("Pick", y, ("axis", axes[i]), ("indices", places), ("value", value));
            }
        }

        return [ReferenceEquals(y, x[0]) ? g.Add("Identity", y) : y];
    }

    private static long Source(string mode, long place, long extent) => mode switch
    {
        "constant" => place,
        "edge" => Math.Clamp(place, 0, extent - 1),
        "wrap" => ((place % extent) + extent) % extent,
        "reflect" => Mirror(place, extent),
        _ => throw new GraphException($"mode is {mode}; it must be constant, edge, reflect or wrap"),
    };

    private static long Mirror(long place, long extent)
    {
        long period = Math.Max(1, 2 * (extent - 1));
        long at = ((place % period) + period) % period;
        return Math.Min(at, period - at);
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 3), new(4)], Attributes.None) { Integers = { [1] = [0, 1, 0, 2] } },
        new([new(Dim.N, 2, 5), new(6)], new(("mode", "reflect"))) { Integers = { [1] = [0, 0, 2, 0, 0, 1] } },
        new([new(Dim.N, 2, 5), new(6)], new(("mode", "edge"))) { Integers = { [1] = [0, 1, 2, 0, 0, -1] } },
        new([new(Dim.N, 2, 5), new(6)], new(("mode", "wrap"))) { Integers = { [1] = [0, 0, 2, 0, 0, 1] } },
    ];
}
