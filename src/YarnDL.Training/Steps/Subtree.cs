namespace YarnDL.Training.Steps;

/// <summary>A node of the shard tree: shards First .. First+Size-1, Size a power of two that divides First.</summary>
public readonly record struct Subtree(int First, int Size);
