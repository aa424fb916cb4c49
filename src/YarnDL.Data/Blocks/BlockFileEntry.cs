namespace YarnDL.Data.Blocks;

/// <summary>A block file as its manifest knows it.</summary>
public sealed record BlockFileEntry(string Name, int Shard, long Bytes, string IndexHash);
