using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A network of symbols: <c>var x = Input.Of("image", 1, 28, 28); var y = new Linear(null, 10).Apply(new Flatten().Apply(x)); new Functional([x], y)</c>.
/// Layers without a name are named by their order of use, from 0.
/// </summary>
public sealed class Functional : Module
{
    private readonly Symbol[] _inputs;
    private readonly (string Name, Symbol Value)[] _outputs;

    public Functional(IReadOnlyList<Symbol> inputs, Symbol output) : this(inputs, ("output", output))
    {
    }

    /// <param name="inputs">Made by <see cref="Input"/>.</param>
    /// <param name="outputs">Name and symbol of every output.</param>
    /// <exception cref="GraphException">An input is no input.</exception>
    public Functional(IReadOnlyList<Symbol> inputs, params ReadOnlySpan<(string Name, Symbol Value)> outputs)
    {
        _inputs = [.. inputs];
        _outputs = outputs.ToArray();
        if (_outputs.Length == 0 || Array.Exists(_inputs, s => s.Input is null))
        {
            throw new GraphException("[functional] no output, or an input that a layer computes; inputs are made by Input.Of, and there is at least one output");
        }
    }

    /// <summary>The inputs, for <see cref="Model.Build(Functional, ulong)"/>.</summary>
    public IReadOnlyList<InputSpec> Inputs => [.. _inputs.Select(s => s.Input!)];

    internal IReadOnlyList<string> OutputNames => [.. _outputs.Select(o => o.Name)];

    public override Value Forward(ModuleScope scope, Value x) => Forward(scope, [x]);

    public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) => _outputs.Length == 1 ? ForwardAll(scope, inputs)[0]
        : throw scope.Error($"it has {_outputs.Length} outputs", "only a model with one output can be a part of another; build it by Model.Build(functional, seed)");

    internal Value[] ForwardAll(ModuleScope scope, IReadOnlyList<Value> inputs)
    {
        if (inputs.Count != _inputs.Length)
        {
            throw scope.Error($"{inputs.Count} inputs were given", $"it has {_inputs.Length}");
        }

        var values = new Dictionary<Symbol, Value>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < inputs.Count; i++)
        {
            values.Add(_inputs[i], inputs[i]);
        }

        var layers = new Dictionary<Module, string>(ReferenceEqualityComparer.Instance);
        foreach ((_, Symbol symbol) in _outputs)
        {
            Evaluate(scope, symbol, values, layers);
        }

        return Array.ConvertAll(_outputs, o => values[o.Value]);
    }

    /// <summary>Depth first without recursion: a network may be thousands of layers deep.</summary>
    private static void Evaluate(ModuleScope scope, Symbol wanted, Dictionary<Symbol, Value> values, Dictionary<Module, string> layers)
    {
        var open = new Stack<Symbol>([wanted]);
        while (open.TryPeek(out Symbol? s))
        {
            if (values.ContainsKey(s))
            {
                open.Pop();
                continue;
            }

            if (s.Layer is null)
            {
                throw scope.Error($"input {s.Input!.Name} is used and not listed", "add it to the inputs");
            }

            bool ready = true;
            for (int i = s.Sources.Count - 1; i >= 0; i--)
            {
                if (!values.ContainsKey(s.Sources[i]))
                {
                    open.Push(s.Sources[i]);
                    ready = false;
                }
            }

            if (ready)
            {
                if (!layers.TryGetValue(s.Layer, out string? name))
                {
                    layers.Add(s.Layer, name = s.Layer.Name ?? layers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
                }

                values.Add(s, scope.Call(name, s.Layer, [.. s.Sources.Select(x => values[x])]));
                open.Pop();
            }
        }
    }
}
