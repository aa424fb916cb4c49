using System.Runtime.CompilerServices;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Where a module appends: the graph builder and the path that names its parameters.</summary>
public sealed class ModuleScope
{
    private readonly Module _owner;
    private readonly BuildState _state;
    private readonly Penalty? _weightPenalty;
    private readonly Penalty? _biasPenalty;
    private readonly bool _frozen;

    internal ModuleScope(GraphBuilder g, Module root) : this(g, "", root, new BuildState(), null)
    {
    }

    private ModuleScope(GraphBuilder g, string path, Module owner, BuildState state, ModuleScope? around)
    {
        G = g;
        Path = path;
        _owner = owner;
        _state = state;
        _weightPenalty = owner.WeightPenalty ?? around?._weightPenalty;
        _biasPenalty = owner.BiasPenalty ?? around?._biasPenalty;
        _frozen = owner.Frozen || (around?._frozen ?? false);
    }

    public GraphBuilder G { get; }

    /// <summary>Names of the modules from the root to here, joined by dots; empty at the root.</summary>
    public string Path { get; }

    internal BuildState State => _state;

    /// <summary>A trained tensor named path.name, filled by the initialiser. A module that runs twice gets the same tensor.</summary>
    public Value Parameter(string name, Shape shape, Initialiser initialiser)
    {
        if (_state.Shared.TryGetValue((_owner, name), out Value? existing))
        {
            return existing.Shape.Equals(SymbolicShape.Of(shape)) ? existing
                : throw Error($"{name} has shape {existing.Shape} from an earlier use and {shape} here", "a module used twice needs inputs of one shape");
        }

        if (shape.ElementCount == 0)
        {
            throw Error($"{name} would have shape {shape}", "a layer needs at least one feature on each side");
        }

        Value v = G.Parameter(Full(name), shape);
        if (v.Offset + shape.ElementCount > int.MaxValue)
        {
            throw Error($"{name} of shape {shape} would bring the model to {v.Offset + shape.ElementCount} numbers", $"a model holds at most {int.MaxValue}; make this layer smaller");
        }

        _state.Shared.Add((_owner, name), v);
        _state.Initialisers.Add(initialiser);
        if ((shape.Rank > 1 ? _weightPenalty : _biasPenalty) is { } penalty)
        {
            _state.Penalties.Add((v, penalty));
        }

        if (_frozen)
        {
            _state.Frozen.Add(v.Name);
        }

        return v;
    }

    /// <summary>State that is not trained, named path.name; every element is <paramref name="first"/> at first.</summary>
    public Value Buffer(string name, Shape shape, float first = 0) => Buffer(name, shape, [first]);

    /// <summary>State that is not trained, named path.name, with its first elements.</summary>
    internal Value Buffer(string name, Shape shape, float[] first)
    {
        if (!_state.Shared.TryGetValue((_owner, name), out Value? v))
        {
            _state.Shared.Add((_owner, name), v = G.Buffer(Full(name), shape));
            _state.FirstValues.Add(first);
        }

        return v;
    }

    /// <summary>How many different numbers an integer input of the model takes, when its <see cref="InputSpec.Count"/> says so; else null.</summary>
    public long? CountOf(Value input) => _state.Inputs.GetValueOrDefault(input)?.Count;

    /// <summary>Runs a child module under its own name.</summary>
    public Value Call(string name, Module child, Value x) => Into(name, child).Run([x]);

    /// <summary>Runs a child module with several inputs.</summary>
    public Value Call(string name, Module child, IReadOnlyList<Value> inputs) => Into(name, child).Run(inputs);

    /// <summary>Runs the module of this scope.</summary>
    internal Value Run(IReadOnlyList<Value> inputs)
    {
        int line = _state.Layers.Count;
        int first = G.Parameters.Count;
        _state.Layers.Add(new LayerLine(Path, _owner.GetType().Name, inputs[0], 0));
        Value y = Forward(inputs);
        Finish(line, first, y);
        return y;
    }

    /// <summary>The module's own rule; what its arithmetic on sizes cannot do (a negative extent, a division by zero heads) becomes an error of the graph with its path.</summary>
    private Value Forward(IReadOnlyList<Value> inputs)
    {
        try
        {
            return inputs.Count == 1 ? _owner.Forward(this, inputs[0]) : _owner.Forward(this, inputs);
        }
        catch (Exception e) when (e is ArithmeticException or ArgumentException)
        {
            throw new GraphException(Error($"its sizes and input {string.Join(", ", inputs.Select(v => v.Shape))} do not go together ({e.Message})", "sizes and counts must be positive and within memory; correct them").Message, e);
        }
    }

    /// <summary>Notes what the module of this scope gave.</summary>
    internal void Finish(int line, int firstParameter, Value output)
    {
        long own = 0;
        for (int i = firstParameter; i < G.Parameters.Count; i++)
        {
            own += G.Parameters[i].Shape.At(1).ElementCount;
        }

        _state.Layers[line] = new LayerLine(Path, _owner.GetType().Name, output, own);
        if (_owner.OutputPenalty is { } penalty)
        {
            _state.Penalties.Add((output, penalty));
        }
    }

    /// <summary>Runs a child module named after the variable that holds it: <c>scope.Call(conv1, x)</c> makes <c>conv1.weight</c>.</summary>
    public Value Call(Module child, Value x, [CallerArgumentExpression(nameof(child))] string expression = "") =>
        Call(child.Name ?? NameOf(expression), child, x);

    /// <summary>An error in the common form, with the module's path.</summary>
    public GraphException Error(string seen, string remedy) =>
        new($"[{_owner.GetType().Name.ToLowerInvariant()}] {(Path.Length == 0 ? "" : Path + ": ")}{seen}; {remedy}");

    private ModuleScope Into(string name, Module child) => new(G, Full(name), child, _state, this);

    private string Full(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary><c>this._conv1</c> is <c>conv1</c>; <c>blocks[2]</c> is <c>blocks.2</c>, as PyTorch names list items when the index is written as a number.</summary>
    private string NameOf(string expression)
    {
        string name = expression.StartsWith("this.", StringComparison.Ordinal) ? expression[5..] : expression;
        name = name.TrimStart('_').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? name
            : throw Error($"a child is called by the expression \"{expression}\", which is no name", "write scope.Call(\"name\", child, x), or hold the child in a field");
    }
}
