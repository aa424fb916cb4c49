using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A layer or a network: appends nodes to a graph. Parameters are named by the path of modules, as PyTorch names them. A module has no
/// weights of its own: <see cref="Model.Build(Module, IReadOnlyList{InputSpec}, ulong, string)"/> makes them; used twice in one network, it shares them.
/// </summary>
public abstract class Module
{
    /// <summary>Its name among its siblings; null: the position in a <see cref="Sequential"/>, or the expression in <see cref="ModuleScope.Call(Module, Value, string)"/>.</summary>
    public string? Name { get; set; }

    /// <summary>Its parameters, and those of the modules in it, do not learn; see <see cref="Model.Freeze"/>.</summary>
    public bool Frozen { get; set; }

    /// <summary>Added to the loss for each of its parameters of two or more axes, and those of the modules in it that have none of their own.</summary>
    public Penalty? WeightPenalty { get; set; }

    /// <summary>The same for parameters of one axis.</summary>
    public Penalty? BiasPenalty { get; set; }

    /// <summary>Added to the loss for its output, summed over a row and averaged over the rows.</summary>
    public Penalty? OutputPenalty { get; set; }

    /// <summary>Appends the nodes of this module and returns its output.</summary>
    public abstract Value Forward(ModuleScope scope, Value x);

    /// <summary>The same for a module with several inputs; by default exactly one is taken.</summary>
    /// <exception cref="GraphException">The number of inputs does not fit.</exception>
    public virtual Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) => inputs.Count == 1 ? Forward(scope, inputs[0])
        : throw scope.Error($"{inputs.Count} inputs were given", $"{GetType().Name} takes one; join them first: several columns in one feature (`columns: [a, b]`), or Concat or Add in C#");

    /// <summary>Functional style: this module applied to one or more symbols.</summary>
    public Symbol Apply(params ReadOnlySpan<Symbol> inputs) => new(this, inputs.ToArray());
}
