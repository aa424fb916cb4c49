using YarnDL.Tensors;

namespace YarnDL.Graphs;

/// <summary>Builds a <see cref="Graph"/> node by node; types and shapes are inferred and checked as nodes are added.</summary>
public sealed class GraphBuilder(string name)
{
    private readonly List<Value> _inputs = [];
    private readonly List<Value> _parameters = [];
    private readonly List<Value> _buffers = [];
    private readonly List<Node> _nodes = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _next = new(StringComparer.Ordinal);

    public string Name => name;

    public IReadOnlyList<Value> Inputs => _inputs;

    public IReadOnlyList<Value> Parameters => _parameters;

    public IReadOnlyList<Value> Buffers => _buffers;

    public IReadOnlyList<Node> Nodes => _nodes;

    /// <summary>A builder that continues an existing graph: its values may be used as inputs of new nodes.</summary>
    public static GraphBuilder From(Graph graph)
    {
        var b = new GraphBuilder(graph.Name);
        b._inputs.AddRange(graph.Inputs);
        b._parameters.AddRange(graph.Parameters);
        b._buffers.AddRange(graph.Buffers);
        b._nodes.AddRange(graph.Nodes);
        foreach (Value v in graph.Inputs.Concat(graph.Parameters).Concat(graph.Buffers).Concat(graph.Nodes.SelectMany(n => n.Outputs).OfType<Value>()))
        {
            b._names.Add(v.Name);
        }

        foreach (Node n in graph.Nodes)
        {
            b._names.Add(n.Name);
        }

        return b;
    }

    public Value Input(string inputName, DType type, SymbolicShape shape) => Keep(_inputs, new Value(Claim(inputName), type, shape, ValueKind.Input));

    /// <summary>A trained float32 tensor; it takes the next place in the flat parameter vector.</summary>
    public Value Parameter(string parameterName, Shape shape) => Keep(_parameters, new Value(Claim(parameterName), DType.Float32, SymbolicShape.Of(shape), ValueKind.Parameter)
    {
        Offset = _parameters.Sum(p => p.Shape.At(1).ElementCount),
    });

    /// <summary>Float32 state that is not trained; it takes the next place in the flat buffer vector.</summary>
    public Value Buffer(string bufferName, Shape shape) => Keep(_buffers, new Value(Claim(bufferName), DType.Float32, SymbolicShape.Of(shape), ValueKind.Buffer)
    {
        Offset = _buffers.Sum(p => p.Shape.At(1).ElementCount),
    });

    public Value Constant(Tensor tensor, string? constantName = null) =>
        new(constantName is null ? Fresh("constant") : Claim(constantName), tensor.DType, SymbolicShape.Of(tensor.Shape), ValueKind.Constant) { Constant = tensor };

    public Value Constant(float value) => Constant(Tensor.Scalar(value));

    public Value Constant(params long[] values) => Constant(Tensor.From<long>(new Shape(values.Length), values));

    /// <summary>Appends a node with one output and returns it.</summary>
    public Value Add(string op, ReadOnlySpan<Value?> inputs, Attributes? attributes = null, string? nodeName = null) =>
        AddNode(OperatorTable.Get(op), inputs, attributes ?? Attributes.None, 1, nodeName)[0];

    public Value Add(string op, Value input, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        AddNode(OperatorTable.Get(op), [input], new Attributes(attributes), 1, null)[0];

    public Value Add(string op, Value a, Value b, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        AddNode(OperatorTable.Get(op), [a, b], new Attributes(attributes), 1, null)[0];

    /// <summary>Appends a node with any number of outputs. Defaults are filled into the attributes; unknown attributes are refused.</summary>
    /// <exception cref="GraphException">Inputs, attributes or shapes do not fit the operator.</exception>
    public Value[] AddNode(Operator op, ReadOnlySpan<Value?> inputs, Attributes attributes, int outputs, string? nodeName = null, IReadOnlyList<string?>? outputNames = null)
    {
        string n = nodeName is null ? Fresh(op.Name) : Claim(nodeName);
        Attributes full = Complete(op, n, attributes);
        Value?[] ins = inputs.ToArray();
        if (!op.TakesBounds && Array.Find(ins, v => v?.Shape.BoundAxis >= 0) is { } unknown)
        {
            throw new GraphException($"[{op.Name}] {n}: the size of {unknown.Name} {unknown.Shape} depends on data; cut the graph there and run the rest on what it gives");
        }

        var context = new InferContext(n, op, ins, full, outputs);
        ResultType[] types = Infer(op, context);
        context.NoneLeft();
        if (types.Length < outputs)
        {
            throw new GraphException($"[{op.Name}] {n}: {outputs} outputs were asked for, the operator has {types.Length} here; ask for fewer");
        }

        var node = new Node(n, op, ins, full);
        var outs = new Value[outputs];
        for (int i = 0; i < outputs; i++)
        {
            string outName = outputNames is not null && i < outputNames.Count && outputNames[i] is { } given ? Claim(given) : Fresh(n + (i == 0 ? "/out" : $"/out{i}"));
            outs[i] = new Value(outName, types[i].DType, types[i].Shape, ValueKind.Node) { Producer = node, KnownValue = types[i].KnownValue };
        }

        node.Outputs = outs;
        _nodes.Add(node);
        return outs;
    }

    /// <summary>The rule of the operator; what its arithmetic on extents and attributes cannot do, and results that no memory holds, become errors of the graph.</summary>
    private static ResultType[] Infer(Operator op, InferContext c)
    {
        try
        {
            ResultType[] types = op.Infer(c);
            foreach (ResultType t in types)
            {
                _ = t.Shape.At(1).ElementCount;
            }

            return types;
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException or InvalidOperationException or IndexOutOfRangeException or NullReferenceException or OutOfMemoryException)
        {
            throw new GraphException($"[{op.Name}] {c.NodeName}: inputs {c.Described} and its attributes do not go together ({e.Message}); see the operator's page for what it takes", e);
        }
    }

    /// <summary>Gives a value another name, such as the name of a graph output.</summary>
    public void Rename(Value value, string newName)
    {
        if (value.Name != newName)
        {
            value.Name = Claim(newName);
        }
    }

    /// <summary>The same where the name is free and the value has none of its own yet.</summary>
    /// <returns>Whether it has the name now.</returns>
    public bool TryRename(Value value, string newName)
    {
        if (!value.IsNamed && newName.Length > 0 && _names.Add(newName))
        {
            value.Name = newName;
        }

        return value.Name == newName;
    }

    public Graph Build(params ReadOnlySpan<Value> outputs) => new(name, [.. _inputs], outputs.ToArray(), [.. _parameters], [.. _buffers], [.. _nodes]);

    internal static Attributes Complete(Operator op, string node, Attributes given)
    {
        foreach ((string key, _) in given.All)
        {
            if (!op.AttributeSpecs.Any(s => s.Name == key))
            {
                throw new GraphException($"[{op.Name}] {node}: unknown attribute {key}; it has {string.Join(", ", op.AttributeSpecs.Select(s => s.Name))}");
            }
        }

        Attributes full = given;
        foreach (AttributeSpec s in op.AttributeSpecs)
        {
            if (!full.Has(s.Name))
            {
                if (s.Default is { } d)
                {
                    full = full.With(s.Name, d);
                }
                else if (!s.Optional)
                {
                    throw new GraphException($"[{op.Name}] {node}: attribute {s.Name} is missing; give it");
                }
            }
        }

        return full;
    }

    private static Value Keep(List<Value> list, Value v)
    {
        list.Add(v);
        return v;
    }

    private string Claim(string wanted) => wanted.Length > 0 && _names.Add(wanted) ? wanted
        : throw new GraphException($"[graph] the name \"{wanted}\" is empty or taken; names are unique in a graph");

    private string Fresh(string stem)
    {
        int i = _next.GetValueOrDefault(stem);
        string candidate = i == 0 ? stem : $"{stem}_{i}";
        while (!_names.Add(candidate))
        {
            candidate = $"{stem}_{++i}";
        }

        _next[stem] = i + 1;
        return candidate;
    }
}
