namespace YarnDL.Graphs;

/// <summary>
/// A model as data: values and nodes in an order in which every node follows its inputs. Built by <see cref="GraphBuilder"/>, never changed after.
/// </summary>
public sealed class Graph
{
    internal Graph(string name, IReadOnlyList<Value> inputs, IReadOnlyList<Value> outputs, IReadOnlyList<Value> parameters,
        IReadOnlyList<Value> buffers, IReadOnlyList<Node> nodes)
    {
        Name = name;
        Inputs = inputs;
        Outputs = outputs;
        Parameters = parameters;
        Buffers = buffers;
        Nodes = nodes;
    }

    public string Name { get; }

    public IReadOnlyList<Value> Inputs { get; }

    public IReadOnlyList<Value> Outputs { get; }

    /// <summary>Trained tensors in the order of the flat parameter vector.</summary>
    public IReadOnlyList<Value> Parameters { get; }

    /// <summary>Untrained state in the order of the flat buffer vector.</summary>
    public IReadOnlyList<Value> Buffers { get; }

    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Elements of the flat parameter vector.</summary>
    public long ParameterCount => Parameters.Sum(p => p.Shape.At(1).ElementCount);

    /// <summary>Elements of the flat buffer vector.</summary>
    public long BufferCount => Buffers.Sum(p => p.Shape.At(1).ElementCount);

    /// <summary>The input, output, parameter, buffer or inner value of that name.</summary>
    public Value? Find(string name) => Inputs.Concat(Parameters).Concat(Buffers).Concat(Nodes.SelectMany(n => n.Outputs).OfType<Value>())
        .Concat(Outputs).FirstOrDefault(v => v.Name == name);
}
