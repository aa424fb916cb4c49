using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A network of named layers, each on inputs of the model or on layers before it; some of them are its outputs.</summary>
/// <param name="layers">In an order in which each comes after what it takes.</param>
/// <param name="outputs">Name of each output, and of the input or layer that it is; empty: the last layer, named output.</param>
public sealed class LayerGraph(IReadOnlyList<GraphLayer> layers, params IReadOnlyList<(string Name, string Layer)> outputs) : Module, IManyOutputs
{
    private readonly IReadOnlyList<(string Name, string Layer)> _outputs = outputs.Count > 0 ? outputs : [("output", layers.Count > 0 ? layers[^1].Name : "")];

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        IReadOnlyList<(string Name, Value Value)> all = ForwardAll(scope, inputs);
        return all.Count == 1 ? all[0].Value : throw scope.Error($"it has {all.Count} outputs", "only a network with one output can be a part of another");
    }

    public IReadOnlyList<(string Name, Value Value)> ForwardAll(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        var values = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (Value x in inputs)
        {
            values.Add(x.Name, x);
        }

        foreach (GraphLayer layer in layers)
        {
            Value[] taken = [.. layer.Of.Select(n => Find(scope, values, n, $"layer {layer.Name} takes"))];
            if (!values.TryAdd(layer.Name, scope.Call(layer.Name, layer.Layer, taken.Length > 0 ? taken : inputs)))
            {
                throw scope.Error($"two things are called {layer.Name}", "layers and inputs (the features) need names of their own");
            }
        }

        return [.. _outputs.Select(o => (o.Name, Find(scope, values, o.Layer, $"output {o.Name} is")))];
    }

    /// <summary>Of <c>layers</c>: each any layer or network with <c>name</c> and <c>of</c>, or <c>layers</c> in a row, or <c>again</c>; and of <c>outputs</c>.</summary>
    internal static LayerGraph From(SpecReader o)
    {
        IReadOnlyList<JsonNode?> given = o.FindNodes("layers") is { Count: > 0 } l ? l : throw new SpecException($"[{o.Area}] option layers is missing; give a list", "layers");
        var made = new List<GraphLayer>();
        foreach (JsonNode? node in given)
        {
            string place = string.Create(CultureInfo.InvariantCulture, $"layers[{made.Count}]");
            try
            {
                made.Add(One(node, made));
            }
            catch (SpecException e)
            {
                throw new SpecException($"{place} {e.Message}", e.Key);
            }
        }

        return new LayerGraph(made, Outputs(o, made));
    }

    private static GraphLayer One(JsonNode? node, List<GraphLayer> before)
    {
        string[] last = before.Count > 0 ? [before[^1].Name] : [];
        if (node is not JsonObject options)
        {
            return new GraphLayer(before.Count.ToString(CultureInfo.InvariantCulture), Create(SpecReader.ToSpec(node, "graph")), last);
        }

        var own = new SpecReader("graph", options);
        string name = own.FindName("name") ?? before.Count.ToString(CultureInfo.InvariantCulture);
        if (name.Contains('.', StringComparison.Ordinal) || before.Exists(b => b.Name == name))
        {
            throw new SpecException($"[graph] a layer is called {name}; {(name.Contains('.', StringComparison.Ordinal) ? "a name has no dot" : "another layer is called so")}; choose another name", "name");
        }

        IReadOnlyList<string> of = own.FindNames("of") ?? last;
        var rest = (JsonObject)options.DeepClone();
        rest.Remove("of");
        rest.Remove("name");
        if (own.FindName("again") is { } again)
        {
            own.Done();
            GraphLayer first = before.Find(b => b.Name == again) ?? throw new SpecException($"[graph] again names {again}, no layer before is called so; {NearestName.Hint(again, [.. before.Select(b => b.Name)])}", "again");
            return new GraphLayer(name, first.Layer, of);
        }

        if (rest.ContainsKey("layers") && !rest.ContainsKey("type"))
        {
            rest["type"] = "sequential";
        }

        Module layer = Create(SpecReader.ToSpec(rest, "graph"));
        layer.Name = name;
        return new GraphLayer(name, layer, of);
    }

    /// <summary>A layer, or a whole network, by name.</summary>
    private static Module Create(Spec spec) =>
        !LayerRegistry.All.Names.Contains(spec.Type) && ModelRegistry.All.Names.Contains(spec.Type) ? ModelRegistry.Create(spec) : LayerRegistry.Create(spec);

    private static (string, string)[] Outputs(SpecReader o, List<GraphLayer> made)
    {
        (string, string)[] outputs = !o.Has("outputs") ? []
            : o.IsMap("outputs") ? [.. o.FindObject("outputs")!.Select(p => (p.Key, p.Value is JsonValue v ? v.ToString() : throw Wrong(o)))]
            : [.. o.FindNames("outputs")!.Select(n => (n, n))];
        return o.Has("outputs") && outputs.Length == 0 ? throw Wrong(o) : outputs;
    }

    private static SpecException Wrong(SpecReader o) => new($"[{o.Area}] outputs must be names of layers, or a map from names of outputs to names of layers", "outputs");

    private static Value Find(ModuleScope scope, Dictionary<string, Value> values, string name, string who) => values.GetValueOrDefault(name)
        ?? throw scope.Error($"{who} {name}, which is no input and no layer before it", NearestName.Hint(name, [.. values.Keys]));
}
