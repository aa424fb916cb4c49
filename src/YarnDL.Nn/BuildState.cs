using System.Runtime.CompilerServices;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>What all scopes of one building share.</summary>
internal sealed class BuildState
{
    public Dictionary<(Module Owner, string Name), Value> Shared { get; } = new(OwnerAndName.Instance);

    /// <summary>One per parameter, in the order of the builder's parameters.</summary>
    public List<Initialiser> Initialisers { get; } = [];

    /// <summary>What a buffer holds at first, in the order of the builder's buffers: one number for all elements, or all.</summary>
    public List<float[]> FirstValues { get; } = [];

    /// <summary>Which input of the model a value is.</summary>
    public Dictionary<Value, InputSpec> Inputs { get; } = new(ReferenceEqualityComparer.Instance);

    public List<(Value Value, Penalty Penalty)> Penalties { get; } = [];

    /// <summary>Names of parameters that do not learn.</summary>
    public List<string> Frozen { get; } = [];

    /// <summary>The modules in the order in which they began.</summary>
    public List<LayerLine> Layers { get; } = [];

    public void Note(Value[] values, IReadOnlyList<InputSpec> inputs)
    {
        for (int i = 0; i < values.Length; i++)
        {
            Inputs.Add(values[i], inputs[i]);
        }
    }

    private sealed class OwnerAndName : IEqualityComparer<(Module Owner, string Name)>
    {
        public static OwnerAndName Instance { get; } = new();

        public bool Equals((Module Owner, string Name) a, (Module Owner, string Name) b) => ReferenceEquals(a.Owner, b.Owner) && a.Name == b.Name;

        public int GetHashCode((Module Owner, string Name) x) => HashCode.Combine(RuntimeHelpers.GetHashCode(x.Owner), StringComparer.Ordinal.GetHashCode(x.Name));
    }
}
