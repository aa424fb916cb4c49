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
    /// <param name="root">The network.</param>
    /// <param name="inputs">Its inputs; the row axis N is put in front of each.</param>
    /// <param name="seed">Of the initial weights.</param>
    /// <param name="output">Name of the graph's output.</param>
    /// <exception cref="GraphException">Shapes do not fit.</exception>
    public static Model Build(Module root, IReadOnlyList<InputSpec> inputs, ulong seed, string output = "output")
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        Value[] ins = Declare(g, inputs);
        return Finish(g, scope, [ins.Length == 1 ? root.Forward(scope, ins[0]) : root.Forward(scope, ins)], [output], seed);
    }

    /// <summary>Builds a network of symbols, which knows its inputs and may have several outputs.</summary>
    public static Model Build(Functional root, ulong seed)
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        return Finish(g, scope, root.ForwardAll(scope, Declare(g, root.Inputs)), root.OutputNames, seed);
    }

    /// <summary>The part of <see cref="Parameters"/> (or <see cref="Buffers"/>) that holds a value, writable.</summary>
    /// <exception cref="GraphException">The model has no such parameter or buffer.</exception>
    public Span<float> Weights(string name)
    {
        foreach (Value v in Graph.Parameters)
        {
            if (v.Name == name)
            {
                return Slice(Parameters, v);
            }
        }

        foreach (Value v in Graph.Buffers)
        {
            if (v.Name == name)
            {
                return Slice(Buffers, v);
            }
        }

        throw new GraphException($"[model] there is no parameter {name}; {NearestName.Hint(name, [.. Graph.Parameters.Concat(Graph.Buffers).Select(p => p.Name)])}");
    }

    private static Span<float> Slice(Tensor all, Value v) => all.Span<float>().Slice(checked((int)v.Offset), checked((int)v.Shape.At(1).ElementCount));

    private static Value[] Declare(GraphBuilder g, IReadOnlyList<InputSpec> inputs)
    {
        var values = new Value[inputs.Count];
        for (int i = 0; i < values.Length; i++)
        {
            var dims = new Dim[inputs[i].PerRow.Rank + 1];
            dims[0] = Dim.N;
            for (int k = 1; k < dims.Length; k++)
            {
                dims[k] = inputs[i].PerRow[k - 1];
            }

            values[i] = g.Input(inputs[i].Name, inputs[i].DType, new SymbolicShape(dims));
        }

        return values;
    }

    private static Model Finish(GraphBuilder g, ModuleScope scope, Value[] outputs, IReadOnlyList<string> names, ulong seed)
    {
        for (int i = 0; i < outputs.Length; i++)
        {
            if (outputs[i].Kind != ValueKind.Node)
            {
                throw new GraphException($"[model] output {names[i]} is the {outputs[i].Kind.ToString().ToLowerInvariant()} {outputs[i].Name} itself; a model has at least one layer");
            }

            // A value has one name: given out twice, it passes through a node of its own.
            outputs[i] = Array.IndexOf(outputs, outputs[i], 0, i) < 0 ? outputs[i] : g.Add("Identity", outputs[i]);
            g.Rename(outputs[i], names[i]);
        }

        Graph graph = g.Build(outputs);
        var model = new Model(graph, new Tensor(DType.Float32, new Shape(graph.ParameterCount)), new Tensor(DType.Float32, new Shape(graph.BufferCount)));
        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            Value p = graph.Parameters[i];
            scope.Initialisers[i].Fill(Slice(model.Parameters, p), p.Shape.At(1), seed, i);
        }

        for (int i = 0; i < graph.Buffers.Count; i++)
        {
            Slice(model.Buffers, graph.Buffers[i]).Fill(scope.FirstValues[i]);
        }

        return model;
    }
}
