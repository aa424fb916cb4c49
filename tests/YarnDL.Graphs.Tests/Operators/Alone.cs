namespace YarnDL.Graphs.Tests.Operators;

/// <summary>Runs beside no other test: it changes what all products run with.</summary>
[CollectionDefinition(nameof(Every_width), DisableParallelization = true)]
public sealed class Alone;
