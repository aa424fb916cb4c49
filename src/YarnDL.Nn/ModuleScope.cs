using System.Runtime.CompilerServices;
using YarnDL.Graphs;
using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>Where a module appends: the graph builder and the path that names its parameters.</summary>
public sealed class ModuleScope
{
    private readonly Module _owner;
    private readonly Dictionary<(Module Owner, string Name), Value> _shared;
    private readonly List<Initialiser> _initialisers;
    private readonly List<float> _firstValues;

    internal ModuleScope(GraphBuilder g, Module root) : this(g, "", root, new(OwnerAndName.Instance), [], [])
    {
    }

    private ModuleScope(GraphBuilder g, string path, Module owner, Dictionary<(Module, string), Value> shared, List<Initialiser> initialisers, List<float> firstValues)
    {
        G = g;
        Path = path;
        _owner = owner;
        _shared = shared;
        _initialisers = initialisers;
        _firstValues = firstValues;
    }

    public GraphBuilder G { get; }

    /// <summary>Names of the modules from the root to here, joined by dots; empty at the root.</summary>
    public string Path { get; }

    /// <summary>One per parameter, in the order of the builder's parameters.</summary>
    internal IReadOnlyList<Initialiser> Initialisers => _initialisers;

    /// <summary>A trained tensor named path.name, filled by the initialiser. A module that runs twice gets the same tensor.</summary>
    public Value Parameter(string name, Shape shape, Initialiser initialiser)
    {
        if (_shared.TryGetValue((_owner, name), out Value? existing))
        {
            return existing.Shape.Equals(SymbolicShape.Of(shape)) ? existing
                : throw Error($"{name} has shape {existing.Shape} from an earlier use and {shape} here", "a module used twice needs inputs of one shape");
        }

        Value v = G.Parameter(Full(name), shape);
        _shared.Add((_owner, name), v);
        _initialisers.Add(initialiser);
        return v;
    }

    /// <summary>What every element of a buffer is at first, in the order of the builder's buffers.</summary>
    internal IReadOnlyList<float> FirstValues => _firstValues;

    /// <summary>State that is not trained, named path.name; every element is <paramref name="first"/> at first.</summary>
    public Value Buffer(string name, Shape shape, float first = 0)
    {
        if (!_shared.TryGetValue((_owner, name), out Value? v))
        {
            _shared.Add((_owner, name), v = G.Buffer(Full(name), shape));
            _firstValues.Add(first);
        }

        return v;
    }

    /// <summary>Runs a child module under its own name.</summary>
    public Value Call(string name, Module child, Value x) => child.Forward(Into(name, child), x);

    /// <summary>Runs a child module with several inputs.</summary>
    public Value Call(string name, Module child, IReadOnlyList<Value> inputs) => child.Forward(Into(name, child), inputs);

    /// <summary>Runs a child module named after the variable that holds it: <c>scope.Call(conv1, x)</c> makes <c>conv1.weight</c>.</summary>
    public Value Call(Module child, Value x, [CallerArgumentExpression(nameof(child))] string expression = "") =>
        Call(child.Name ?? NameOf(expression), child, x);

    /// <summary>An error in the common form, with the module's path.</summary>
    public GraphException Error(string seen, string remedy) =>
        new($"[{_owner.GetType().Name.ToLowerInvariant()}] {(Path.Length == 0 ? "" : Path + ": ")}{seen}; {remedy}");

    private ModuleScope Into(string name, Module child) => new(G, Full(name), child, _shared, _initialisers, _firstValues);

    private string Full(string name) => Path.Length == 0 ? name : $"{Path}.{name}";

    /// <summary><c>this._conv1</c> is <c>conv1</c>; <c>blocks[2]</c> is <c>blocks.2</c>, as PyTorch names list items when the index is written as a number.</summary>
    private string NameOf(string expression)
    {
        string name = expression.StartsWith("this.", StringComparison.Ordinal) ? expression[5..] : expression;
        name = name.TrimStart('_').Replace("[", ".", StringComparison.Ordinal).Replace("]", "", StringComparison.Ordinal);
        return name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.') ? name
            : throw Error($"a child is called by the expression \"{expression}\", which is no name", "write scope.Call(\"name\", child, x), or hold the child in a field");
    }

    private sealed class OwnerAndName : IEqualityComparer<(Module Owner, string Name)>
    {
        public static OwnerAndName Instance { get; } = new();

        public bool Equals((Module Owner, string Name) a, (Module Owner, string Name) b) => ReferenceEquals(a.Owner, b.Owner) && a.Name == b.Name;

        public int GetHashCode((Module Owner, string Name) x) => HashCode.Combine(RuntimeHelpers.GetHashCode(x.Owner), StringComparer.Ordinal.GetHashCode(x.Name));
    }
}
