using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A graph with its weights: the flat parameter vector and the flat buffer vector.</summary>
public sealed class Model(Graph graph, Tensor parameters, Tensor buffers)
{
    public Graph Graph { get; } = graph;

    /// <summary>(P): all parameters, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Tensor Parameters { get; } = parameters;

    /// <summary>(B): all buffers, in the order of <see cref="Graph.Buffers"/>.</summary>
    public Tensor Buffers { get; } = buffers;

    /// <summary>Builds the graph of a module tree and draws initial weights, keyed by the seed and the ordinal of each parameter.</summary>
    public static Model Build(Module root, IReadOnlyList<InputSpec> inputs, ulong seed) => throw new NotImplementedException();
}
