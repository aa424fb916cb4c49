using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>The elements of a row under another shape, one extent of which may be -1.</summary>
/// <param name="shape">Extents of a row, without the row axis.</param>
public sealed class Reshape(params IReadOnlyList<long> shape) : Module
{
    public override Value Forward(ModuleScope scope, Value x) => scope.G.Add("Reshape", x, scope.G.Constant([Rows(scope, x), .. shape]));

    private long Rows(ModuleScope scope, Value x)
    {
        long row = x.Shape.At(1).ElementCount;
        long known = 1;
        foreach (long e in shape)
        {
            known *= e == -1 ? 1 : e;
        }

        bool open = shape.Contains(-1);
        if (known <= 0 || (open ? row % known != 0 : row != known))
        {
            throw scope.Error($"a row has {row} elements, the shape is ({string.Join(", ", shape)})", "their number must stay; one extent may be -1");
        }

        return open && x.Shape[0] == Dim.N ? 0 : open ? throw scope.Error($"the first axis is {x.Shape[0]}", "-1 needs one position per row there") : -1;
    }
}
