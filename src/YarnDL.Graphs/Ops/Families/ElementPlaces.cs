using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>The rules that GatherElements and ScatterElements share: an index for every element of a box inside the data.</summary>
internal static unsafe class ElementPlaces
{
    /// <summary>Checks data (input 0) and indices (input 1) against each other; returns the axis.</summary>
    public static int Check(InferContext c)
    {
        SymbolicShape x = c.Shape(0);
        SymbolicShape indices = c.Shape(1);
        int axis = c.Axis(c.Attributes.Int("axis"), x.Rank);
        if (c.DType(1) is not (DType.Int64 or DType.Int32))
        {
            throw c.Error($"indices are {c.DType(1)}", "they must be int64 or int32; add a Cast");
        }

        bool fits = indices.Rank == x.Rank && !x[axis].IsRows && !indices[axis].IsRows;
        for (int a = 0; fits && a < x.Rank; a++)
        {
            fits = a == axis || indices[a] == x[a] || (indices[a].IsFixed && x[a].IsFixed && indices[a].Factor <= x[a].Factor);
        }

        return fits ? axis : throw c.Error($"data is {x}, indices are {indices}, axis {axis}", "they have the same rank, indices are not larger off the axis, and the axis is not the rows");
    }

    /// <summary>An index as 0 .. extent-1.</summary>
    /// <exception cref="InputValueException">It is outside the axis.</exception>
    public static long At(in RunContext c, int input, TensorView indices, long i, long extent)
    {
        long k = indices.DType == DType.Int64 ? indices.I64[i] : indices.I32[i];
        if (k < -extent || k >= extent)
        {
            long row = indices.Shape.Rank == 0 ? 0 : i / Math.Max(1, indices.Shape.CountFrom(1));
            throw new InputValueException($"[{c.Node.Operator.Name}] {c.Node.Name}: index {k} at position {i} of {c.Node.Inputs[input]!.Name}; it must be {-extent}..{extent - 1}; mend the data", row);
        }

        return k < 0 ? k + extent : k;
    }

    /// <summary>Place in dense data of the element that index i of the box points to; <paramref name="index"/> is scratch of one number per axis.</summary>
    public static long Place(in RunContext c, Shape data, TensorView indices, int axis, long i, long* index)
    {
        long rest = i;
        for (int a = data.Rank - 1; a >= 0; a--)
        {
            index[a] = rest % indices.Shape[a];
            rest /= indices.Shape[a];
        }

        index[axis] = At(c, 1, indices, i, data[axis]);
        long at = 0;
        for (int a = 0; a < data.Rank; a++)
        {
            at = (at * data[a]) + index[a];
        }

        return at;
    }
}
