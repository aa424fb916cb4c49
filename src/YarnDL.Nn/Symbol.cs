namespace YarnDL.Nn;

/// <summary>Functional style: a value that will exist once the model is built. Made by <see cref="Input"/> and <see cref="Module.Apply"/>.</summary>
public sealed class Symbol
{
    internal Symbol(InputSpec input) => Input = input;

    internal Symbol(Module layer, Symbol[] sources)
    {
        Layer = layer;
        Sources = sources;
    }

    /// <summary>The input it stands for; null when a layer computes it.</summary>
    internal InputSpec? Input { get; }

    internal Module? Layer { get; }

    internal IReadOnlyList<Symbol> Sources { get; } = [];
}
