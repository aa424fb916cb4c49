namespace YarnDL.Training.Steps;

/// <summary>A graph output that is a part of the flat gradient or buffer vector.</summary>
public sealed record VectorOutput(string Output, long Offset, long Count);
