using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A built or imported model, or its beginning, as a module of another network: it brings its weights. Made by <see cref="Model.Until"/>.</summary>
internal sealed class ModelPart(Model model, Value until) : Module
{
    private readonly Graph _graph = GraphSlice.To(model.Graph, [until]);

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != _graph.Inputs.Count)
        {
            throw scope.Error($"{inputs.Count} inputs were given", $"the model takes {string.Join(", ", _graph.Inputs.Select(i => i.Name))}");
        }

        GraphBuilder g = scope.G;
        var values = new Dictionary<Value, Value>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(_graph.Inputs[i], inputs[i]);
        }

        var used = new HashSet<Value>(_graph.Nodes.SelectMany(n => n.Inputs).OfType<Value>(), ReferenceEqualityComparer.Instance);
        foreach (Value p in _graph.Parameters.Where(used.Contains))
        {
            values.Add(p, scope.Parameter(p.Name, p.Shape.At(1), Initialiser.Copy(model.Weights(p.Name).ToArray())));
        }

        foreach (Value b in _graph.Buffers.Where(used.Contains))
        {
            values.Add(b, scope.Buffer(b.Name, b.Shape.At(1), model.Weights(b.Name).ToArray()));
        }

        foreach (Node n in _graph.Nodes)
        {
            Value?[] ins = [.. n.Inputs.Select(v => v is null ? null : values.GetValueOrDefault(v) ?? Constant(g, values, v))];
            Value[] outs = g.AddNode(n.Operator, ins, n.Attributes, n.Outputs.Count);
            for (int i = 0; i < outs.Length; i++)
            {
                if (n.Outputs[i] is { } old)
                {
                    values.Add(old, outs[i]);
                }
            }
        }

        return values[until];
    }

    private static Value Constant(GraphBuilder g, Dictionary<Value, Value> values, Value v)
    {
        Value made = g.Constant(v.Constant ?? throw new GraphException($"[model] {v.Name} comes from nowhere"));
        values.Add(v, made);
        return made;
    }
}
