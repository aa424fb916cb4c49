using YarnDL.Tensors;

namespace YarnDL.Graphs.Ops.Families;

/// <summary>The rules that GatherND and ScatterND share: the last axis of the indices holds a tuple that names an entry of the leading axes of the data.</summary>
internal static unsafe class TuplePlaces
{
    /// <summary>Numbers in a tuple, checked.</summary>
    public static int Width(InferContext c, int data, int indices, int batch)
    {
        if (c.DType(indices) != DType.Int64)
        {
            throw c.Error($"indices are {c.DType(indices)}", "they must be int64; add a Cast");
        }

        SymbolicShape i = c.Shape(indices);
        SymbolicShape x = c.Shape(data);
        int width = i.Rank > 0 && i[^1].IsFixed ? (int)i[^1].Factor : 0;
        bool fits = width > 0 && batch + width <= x.Rank && batch < i.Rank;
        for (int a = 0; fits && a < batch + width; a++)
        {
            fits = a < batch ? x[a] == i[a] : !x[a].IsRows;
        }

        return fits ? width : throw c.Error($"data is {x}, indices are {i}, {batch} batch axes", "the last axis of the indices names entries of the axes behind the batch, which are not rows");
    }

    /// <summary>The number of the entry that tuple t points to.</summary>
    public static long Entry(in RunContext c, Shape data, int input, int batch, int width, long t)
    {
        long entry = 0;
        for (int k = 0; k < width; k++)
        {
            entry = (entry * data[batch + k]) + ElementPlaces.At(c, input, c.Inputs[input], (t * width) + k, data[batch + k]);
        }

        return entry;
    }

    /// <summary>Entries that a tuple can name.</summary>
    public static long Entries(Shape data, int batch, int width)
    {
        long n = 1;
        for (int k = 0; k < width; k++)
        {
            n *= data[batch + k];
        }

        return n;
    }
}
