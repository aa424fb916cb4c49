namespace YarnDL.Training.Steps;

/// <summary>A graph output that is a part of a flat vector: of a phase's gradients, or of the buffers.</summary>
public sealed record VectorOutput(string Output, long Offset, long Count);
