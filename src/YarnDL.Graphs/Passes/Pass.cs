namespace YarnDL.Graphs.Passes;

/// <summary>Graph to graph: the result computes the same outputs with the same bits.</summary>
public static class Pass
{
    /// <summary>What a program applies before it compiles shapes.</summary>
    public static Graph Standard(Graph graph) => DeadNodes.Apply(Fusion.Apply(SharedWork.Apply(ConstantFolding.Apply(CommonNodes.Apply(DeadNodes.Apply(graph))))));
}
