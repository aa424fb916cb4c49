namespace YarnDL.Tensors;

/// <summary>What a random number is for: the first 8 bits of its purpose. The numbers are part of the promise of equal bits: never reuse one.</summary>
public enum RandomKind : byte
{
    /// <summary>Initial values of parameters; stream = ordinal of the parameter.</summary>
    Initial = 1,

    /// <summary>Dropout masks and other random nodes of a graph; stream = ordinal of the random node.</summary>
    Dropout = 2,

    /// <summary>Order of a shard's blocks in an epoch; row = shard.</summary>
    BlockOrder = 3,

    /// <summary>Order of the rows inside a run of blocks; row = number of the run within the shard * shards + shard.</summary>
    RowOrder = 4,

    /// <summary>Random features (flips, crops, noise); stream = ordinal of the feature.</summary>
    Feature = 6,

    /// <summary>The procedural digits of the demonstration.</summary>
    Digits = 7,
}
