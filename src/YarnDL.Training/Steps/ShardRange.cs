namespace YarnDL.Training.Steps;

/// <summary>Consecutive shards: First .. First+Count-1.</summary>
public readonly record struct ShardRange(int First, int Count);
