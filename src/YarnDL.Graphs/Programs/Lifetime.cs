namespace YarnDL.Graphs.Programs;

/// <summary>Memory that one group of values needs: alive from step First to step Last, both included.</summary>
public readonly record struct Lifetime(int First, int Last, long Bytes);
