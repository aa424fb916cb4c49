namespace YarnDL.Graphs;

/// <summary>An attribute of an operator: its name, its default (null: no default) and whether a node may lack it.</summary>
public sealed record AttributeSpec(string Name, object? Default, bool Optional = false);
