using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Windows cut out of an image.</summary>
internal static class Patches
{
    /// <summary>Windows along an axis: extent L becomes two axes, places and taps.</summary>
    public static Value Along(GraphBuilder g, Value x, int axis, long kernel, long stride)
    {
        long places = ((x.Shape[axis].Factor - kernel) / stride) + 1;
        var from = new long[places * kernel];
        for (long i = 0; i < from.Length; i++)
        {
            from[i] = (i / kernel * stride) + (i % kernel);
        }

        Value taken = g.Add("Gather", x, g.Constant(from), ("axis", axis));
        var shape = new List<long>();
        for (int i = 0; i < x.Shape.Rank; i++)
        {
            if (i == axis)
            {
                shape.Add(places);
                shape.Add(kernel);
            }
            else
            {
                shape.Add(i == 0 ? 0 : x.Shape[i].Factor);
            }
        }

        return g.Add("Reshape", taken, g.Constant([.. shape]));
    }
}
