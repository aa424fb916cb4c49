namespace YarnDL.Graphs.Programs;

/// <summary>How a graph is compiled.</summary>
public sealed record ProgramOptions
{
    /// <summary>Constant folding, dead nodes, fusion. Off for debugging: the bits are the same.</summary>
    public bool Optimize { get; init; } = true;

    /// <summary>Share memory of values that are not alive together. Off for debugging: the bits are the same.</summary>
    public bool ReuseMemory { get; init; } = true;

    /// <summary>Bytes of compiled shapes kept; the least recently used are dropped.</summary>
    public long CacheBytes { get; init; } = 2L << 30;

    /// <summary>Measure every node (<see cref="Program.NodeTimes"/>).</summary>
    public bool TimeNodes { get; init; }
}
