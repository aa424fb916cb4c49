namespace YarnDL.Training.Steps;

/// <summary>Parameters that one optimizer updates, by name.</summary>
public sealed record ParameterGroup(string Name, IReadOnlyList<string> Parameters);
