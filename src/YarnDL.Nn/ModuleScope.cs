using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Where a module appends: the graph builder and the path that names its parameters.</summary>
public sealed class ModuleScope
{
    public GraphBuilder G => throw new NotImplementedException();

    /// <summary>A trained tensor named path.name, filled by the initialiser.</summary>
    public Value Parameter(string name, Shape shape, Initialiser initialiser) => throw new NotImplementedException();

    /// <summary>Runs a child module under its own name.</summary>
    public Value Call(string name, Module child, Value x) => throw new NotImplementedException();
}
