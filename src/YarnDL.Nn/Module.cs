using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A layer or a network: appends nodes to a graph. Parameters are named by the path of modules, as PyTorch names them.</summary>
public abstract class Module
{
    /// <summary>Appends the nodes of this module and returns its output.</summary>
    public abstract Value Forward(ModuleScope scope, Value x);
}
