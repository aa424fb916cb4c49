using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A module of a built model: a line of <see cref="Model.Summary"/>.</summary>
/// <param name="Path">Names from the root, joined by dots; empty at the root.</param>
/// <param name="Type">The module's class.</param>
/// <param name="Output">The value it gave.</param>
/// <param name="Parameters">Elements of the parameters that it and the modules in it brought, each parameter counted where it appears first.</param>
public sealed record LayerLine(string Path, string Type, Value Output, long Parameters);
