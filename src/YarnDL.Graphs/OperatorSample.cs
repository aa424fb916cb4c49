namespace YarnDL.Graphs;

/// <summary>A small case for the generated tests: input shapes (rows as N), attributes, and the range of the random inputs, away from kinks.</summary>
public sealed record OperatorSample(SymbolicShape?[] Inputs, Attributes Attributes, double Low = -1, double High = 1, int Outputs = 1);
