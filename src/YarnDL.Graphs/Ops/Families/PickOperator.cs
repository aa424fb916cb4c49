using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>Pick and the way back: places along one axis, which is not the rows, by indices that are known before the run.</summary>
public abstract class PickOperator : Operator
{
    public override string Domain => "yarndl";

    public override object? Prepare(PrepareContext c) => c.Attributes.Ints("indices");

    /// <summary>The shape with another extent along the axis, after the indices were checked against the picked one's extent.</summary>
    /// <param name="c">The node.</param>
    /// <param name="extent">What the indices count through; -1: the input's own extent.</param>
    /// <param name="result">The new extent.</param>
    private protected static ResultType[] Result(InferContext c, long extent, long result)
    {
        c.Expect(0, DType.Float32);
        SymbolicShape x = c.Shape(0);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        Dim[] dims = x.Dims.ToArray();
        if (dims[axis].IsRows)
        {
            throw c.Error($"axis {axis} of {x} runs over rows", "choose another axis");
        }

        long[] places = c.Attributes.Ints("indices");
        long most = extent < 0 ? dims[axis].Factor : extent;
        if ((extent >= 0 && dims[axis].Factor != places.Length) || Array.Exists(places, p => p < -1 || p >= most))
        {
            throw c.Error($"{places.Length} indices for axis {axis} of {x}", $"they must be -1..{most - 1}{(extent < 0 ? "" : ", one for each element")}");
        }

        dims[axis] = result;
        return [new(DType.Float32, new SymbolicShape(dims))];
    }

    /// <summary>Stretches before the axis, its extents in the input and in the result, and elements behind it.</summary>
    private protected static (long Outer, long From, long To, long Inner) Extents(in RunContext c)
    {
        Shape x = c.Inputs[0].Shape;
        var axis = (int)c.Attributes.Int("axis");
        axis = axis < 0 ? axis + x.Rank : axis;
        return (x.CountTo(axis), x[axis], c.Outputs[0].Shape[axis], x.CountFrom(axis + 1));
    }
}
