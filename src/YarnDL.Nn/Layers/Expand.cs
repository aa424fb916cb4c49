using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>x broadcast to these extents of a row.</summary>
/// <param name="shape">Extents of a row; -1 keeps one.</param>
public sealed class Expand(params IReadOnlyList<long> shape) : Module
{
    public override Value Forward(ModuleScope scope, Value x)
    {
        GraphBuilder g = scope.G;
        var repeats = new long[x.Shape.Rank];
        repeats[0] = 1;
        for (int i = 1; i < repeats.Length; i++)
        {
            long extent = x.Shape[i].Factor;
            repeats[i] = shape.Count == repeats.Length - 1 && (shape[i - 1] == extent || shape[i - 1] == -1) ? 1 : extent == 1 && shape.Count == repeats.Length - 1 ? shape[i - 1]
                : throw scope.Error($"input has shape {x.Shape}, the extents are ({string.Join(", ", shape)})", "there is one per axis of a row, and only axes of extent 1 grow");
        }

        return g.Add("Tile", x, g.Constant(repeats));
    }
}
