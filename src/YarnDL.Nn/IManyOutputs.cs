using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A network with several outputs, each with a name that losses, metrics and scoring call it by. A <see cref="Module"/> implements it.</summary>
public interface IManyOutputs
{
    /// <summary>Appends the nodes of the network and returns its outputs.</summary>
    IReadOnlyList<(string Name, Value Value)> ForwardAll(ModuleScope scope, IReadOnlyList<Value> inputs);
}
