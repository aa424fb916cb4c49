using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>Vectors per channel.</summary>
internal static class Channels
{
    /// <summary>A vector (C) shaped to broadcast against x (N, C, ..).</summary>
    public static Value Shaped(GraphBuilder g, Value vector, Value x) =>
        x.Shape.Rank == 2 ? vector : g.Add("Reshape", vector, g.Constant([-1L, .. Enumerable.Repeat(1L, x.Shape.Rank - 2)]));
}
