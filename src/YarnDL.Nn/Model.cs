using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>A graph with its weights: the flat parameter vector and the flat buffer vector.</summary>
public sealed class Model(Graph graph, Tensor parameters, Tensor buffers)
{
    private readonly SortedSet<string> _frozen = new(StringComparer.Ordinal);

    public Graph Graph { get; } = graph;

    /// <summary>(P): all parameters, in the order of <see cref="Graph.Parameters"/>.</summary>
    public Tensor Parameters { get; } = parameters;

    /// <summary>(B): all buffers, in the order of <see cref="Graph.Buffers"/>.</summary>
    public Tensor Buffers { get; } = buffers;

    /// <summary>The modules in the order in which they run, each before the modules in it; empty for a model that was read from a file.</summary>
    public IReadOnlyList<LayerLine> Layers { get; private init; } = [];

    /// <summary>What is added to the loss: of parameters, and of inner values of the graph.</summary>
    public IReadOnlyList<(Value Value, Penalty Penalty)> Penalties { get; private init; } = [];

    /// <summary>Names of the parameters that do not learn.</summary>
    public IReadOnlyCollection<string> Frozen => _frozen;

    /// <summary>Builds the graph of a module tree and draws initial weights, keyed by the seed and the ordinal of each parameter.</summary>
    /// <param name="root">The network.</param>
    /// <param name="inputs">Its inputs; the row axis N is put in front of each.</param>
    /// <param name="seed">Of the initial weights.</param>
    /// <param name="output">Name of the graph's output; a network of several (<see cref="IManyOutputs"/>) names them itself.</param>
    /// <exception cref="GraphException">Shapes do not fit.</exception>
    public static Model Build(Module root, IReadOnlyList<InputSpec> inputs, ulong seed, string output = "output")
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        Value[] ins = Declare(g, inputs);
        scope.State.Note(ins, inputs);
        (Value[] outputs, IReadOnlyList<string> names) = Outputs(root, scope, ins, output);
        return Finish(g, scope, outputs, names, seed, draw: true);
    }

    /// <summary>Builds a network of symbols, which knows its inputs and may have several outputs.</summary>
    public static Model Build(Functional root, ulong seed)
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        Value[] ins = Declare(g, root.Inputs);
        scope.State.Note(ins, root.Inputs);
        return Finish(g, scope, root.ForwardAll(scope, ins), root.OutputNames, seed, draw: true);
    }

    /// <summary>A model without weights, its vectors empty: for checking a plan before there are rows. Inputs are declared as for <see cref="Build(Module, IReadOnlyList{InputSpec}, ulong, string)"/>.</summary>
    /// <exception cref="GraphException">Shapes do not fit.</exception>
    public static Model Sketch(Module root, IReadOnlyList<InputSpec> inputs)
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        inputs = root is Functional own ? own.Inputs : inputs;
        Value[] ins = Declare(g, inputs);
        scope.State.Note(ins, inputs);
        (Value[] outputs, IReadOnlyList<string> names) = Outputs(root, scope, ins, "output");
        return Finish(g, scope, outputs, names, 0, draw: false);
    }

    private static (Value[] Values, IReadOnlyList<string> Names) Outputs(Module root, ModuleScope scope, Value[] ins, string output)
    {
        if (root is Functional functional)
        {
            return (functional.ForwardAll(scope, ins), functional.OutputNames);
        }

        IReadOnlyList<(string Name, Value Value)> all = root is IManyOutputs many ? many.ForwardAll(scope, ins) : [(output, scope.Run(ins))];
        return ([.. all.Select(o => o.Value)], [.. all.Select(o => o.Name)]);
    }

    /// <summary>The graph alone, without weights: for counting and looking.</summary>
    /// <exception cref="GraphException">Shapes do not fit.</exception>
    public static Graph Outline(Module root, IReadOnlyList<InputSpec> inputs)
    {
        var g = new GraphBuilder(root.Name ?? "model");
        var scope = new ModuleScope(g, root);
        Value[] ins = Declare(g, inputs);
        scope.State.Note(ins, inputs);
        return g.Build(scope.Run(ins));
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

    /// <summary>The named parameters learn no more: all under a module's path (<c>layer1</c>), or by pattern with * for any text (<c>layer1.*.weight</c>).</summary>
    /// <returns>How many parameters were named.</returns>
    /// <exception cref="GraphException">No parameter has such a name.</exception>
    public int Freeze(params ReadOnlySpan<string> names) => Each(names, _frozen.Add);

    /// <summary>The named parameters learn again.</summary>
    /// <exception cref="GraphException">No parameter has such a name.</exception>
    public int Unfreeze(params ReadOnlySpan<string> names) => Each(names, _frozen.Remove);

    /// <summary>The same network with other weights: what is frozen and what is penalised stays.</summary>
    /// <param name="parameters">(P).</param>
    /// <param name="buffers">(B).</param>
    public Model With(Tensor parameters, Tensor buffers)
    {
        var model = new Model(Graph, parameters, buffers) { Layers = Layers, Penalties = Penalties };
        model._frozen.UnionWith(_frozen);
        return model;
    }

    /// <summary>The modules as a table: path, class, output shape, parameters; then the sums.</summary>
    public string Summary() => ModelSummary.Of(this);

    /// <summary>
    /// The model up to the output of a module (<c>layer4</c>) or up to an inner value, as a module of another network: it brings its weights, takes the
    /// model's inputs, and may be frozen. <c>new Sequential(model.Until("avgpool"), new Flatten(), new Linear(null, 2))</c> puts a new head on it.
    /// </summary>
    /// <param name="name">Path of a module, or name of a value; null: the whole model.</param>
    /// <exception cref="GraphException">There is no such module or value.</exception>
    public Module Until(string? name = null) => new ModelPart(this, name is null ? Graph.Outputs[0]
        : Layers.LastOrDefault(l => l.Path == name)?.Output ?? Graph.Find(name)
        ?? throw new GraphException($"[model] there is no module or value {name}; {NearestName.Hint(name, [.. Layers.Count > 0 ? Layers.Select(l => l.Path).Where(p => p.Length > 0) : Graph.Nodes.SelectMany(n => n.Outputs).OfType<Value>().Where(v => v.IsNamed).Select(v => v.Name)])}"));

    private int Each(ReadOnlySpan<string> names, Func<string, bool> change)
    {
        int named = 0;
        foreach (string name in names)
        {
            string[] meant = [.. Graph.Parameters.Select(p => p.Name).Where(p => NamePattern.Fits(name, p))];
            if (meant.Length == 0)
            {
                throw new GraphException($"[model] there is no parameter or module {name}; {NearestName.Hint(name, [.. Graph.Parameters.Select(p => p.Name)])}");
            }

            named += meant.Length;
            Array.ForEach(meant, p => change(p));
        }

        return named;
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

    /// <summary>What a module gives is called by its path, the outermost one's where several give the same, and none where it runs twice: so it can be fetched, and the model cut there.</summary>
    private static void NameLayers(GraphBuilder g, ModuleScope scope, Value[] outputs, IReadOnlyList<string> names)
    {
        HashSet<string> again = [.. scope.State.Layers.GroupBy(l => l.Path).Where(p => p.Count() > 1).Select(p => p.Key)];
        foreach (LayerLine layer in scope.State.Layers)
        {
            if (!again.Contains(layer.Path) && layer.Output.Kind == ValueKind.Node && !outputs.Contains(layer.Output) && !names.Contains(layer.Path))
            {
                g.TryRename(layer.Output, layer.Path);
            }
        }
    }

    private static Model Finish(GraphBuilder g, ModuleScope scope, Value[] outputs, IReadOnlyList<string> names, ulong seed, bool draw)
    {
        NameLayers(g, scope, outputs, names);
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
        var model = new Model(graph, new Tensor(DType.Float32, new Shape(draw ? graph.ParameterCount : 0)), new Tensor(DType.Float32, new Shape(draw ? graph.BufferCount : 0)))
        {
            Layers = scope.State.Layers,
            Penalties = scope.State.Penalties,
        };
        model._frozen.UnionWith(scope.State.Frozen);
        if (!draw)
        {
            return model;
        }

        for (int i = 0; i < graph.Parameters.Count; i++)
        {
            Value p = graph.Parameters[i];
            scope.State.Initialisers[i].Fill(Slice(model.Parameters, p), p.Shape.At(1), seed, i);
        }

        for (int i = 0; i < graph.Buffers.Count; i++)
        {
            float[] first = scope.State.FirstValues[i];
            Span<float> buffer = Slice(model.Buffers, graph.Buffers[i]);
            if (first.Length == 1)
            {
                buffer.Fill(first[0]);
            }
            else
            {
                first.CopyTo(buffer);
            }
        }

        return model;
    }
}
