using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>The place of the record along an axis.</summary>
public abstract unsafe class ArgOperator : Operator
{
    /// <summary>True when the smallest value is wanted.</summary>
    protected abstract bool Smallest { get; }

    public override IReadOnlyList<AttributeSpec> AttributeSpecs { get; } = [new("axis", 0L), new("keepdims", 1L), new("select_last_index", 0L)];

    public override bool IsConstantInput(int input) => true;

    public override ResultType[] Infer(InferContext c)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        if (x[axis].IsRows || x[axis].Factor == 0)
        {
            throw c.Error($"axis {axis} of {x} {(x[axis].IsRows ? "runs over rows" : "is empty")}", "choose another axis");
        }

        var dims = new List<Dim>(x.Dims.ToArray());
        dims[axis] = 1;
        if (c.Attributes.Int("keepdims") == 0)
        {
            dims.RemoveAt(axis);
        }

        return [new(DType.Int64, new SymbolicShape([.. dims]))];
    }

    public override Value?[] Gradient(GradientContext c) => [null];

    public override void Run(in RunContext c)
    {
        TensorView x = c.Inputs[0];
        int axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Shape.Rank : axis;
        bool last = c.Attributes.Int("select_last_index") != 0;
        long outer = x.Shape.CountTo(axis);
        long count = x.Shape[axis];
        long inner = x.Shape.CountFrom(axis + 1);
        for (long o = 0; o < outer; o++)
        {
            for (long i = 0; i < inner; i++)
            {
                float* line = x.F32 + (o * count * inner) + i;
                long best = 0;
                for (long k = 1; k < count; k++)
                {
                    float value = line[k * inner];
                    float record = line[best * inner];
                    if ((Smallest ? value < record : value > record) || (float.IsNaN(value) && (!float.IsNaN(record) || last)) || (last && value == record))
                    {
                        best = k;
                    }
                }

                c.Outputs[0].I64[(o * inner) + i] = best;
            }
        }
    }

    public override IReadOnlyList<OperatorSample> Samples { get; } =
    [
        new([new(Dim.N, 10)], new(("axis", 1))),
        new([new(Dim.N, 3, 4)], new(("axis", -2), ("keepdims", 0))),
    ];
}
