using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Functions of whole lines along one axis, which must not run over rows.</summary>
public abstract class AxisOperator : Operator
{
    public override (int Input, int Output) InPlace => (0, 0);

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", -1L)];

    public override ResultType[] Infer(InferContext c)
    {
        for (int i = 0; i < c.InputCount; i++)
        {
            c.Expect(i, DType.Float32);
            if (!c.Shape(i).Equals(c.Shape(0)))
            {
                throw c.Error($"input {i} is {c.Shape(i)}, input 0 is {c.Shape(0)}", "they must be alike");
            }
        }

        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        return !x[axis].IsRows ? [new(DType.Float32, x)]
            : throw c.Error($"axis {axis} of {x} runs over rows", "choose another axis");
    }

    public override object? Prepare(PrepareContext c)
    {
        Shape x = c.Input(0);
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Rank : axis;
        return new Extents(x.CountTo(axis), x[axis], x.CountFrom(axis + 1));
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 10)], Attributes.None, -3, 3),
        new([new(Dim.N, 3, 4)], new(("axis", 1)), -3, 3),
        new([new(Dim.N, 37)], new(("axis", 1)), -3, 3),
    ];

    /// <summary>The samples of a gradient: dY and Y.</summary>
    protected static IReadOnlyList<OperatorSample> GradientSamples { get; } =
    [
        new([new(Dim.N, 10), new(Dim.N, 10)], Attributes.None, 0.1, 0.9) { CheckGradient = false },
        new([new(Dim.N, 3, 4), new(Dim.N, 3, 4)], new(("axis", 1)), 0.1, 0.9) { CheckGradient = false },
    ];

    /// <summary>The value as (Outer, Count, Inner), the axis in the middle.</summary>
    protected sealed record Extents(long Outer, long Count, long Inner);
}
