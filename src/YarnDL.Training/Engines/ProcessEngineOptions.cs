namespace YarnDL.Training.Engines;

/// <summary>How worker processes are started.</summary>
public sealed record ProcessEngineOptions
{
    /// <summary>Number of worker processes.</summary>
    public required int Workers { get; init; }

    /// <summary>Threads of each worker; 0: the machine's cores divided by the workers, at least 1.</summary>
    public int ThreadsPerWorker { get; init; }

    /// <summary>Read the next step's rows while this one computes.</summary>
    public bool Prefetch { get; init; } = true;

    /// <summary>Program and arguments of a worker; null: this executable with <c>worker</c>.</summary>
    public IReadOnlyList<string>? Command { get; init; }

    /// <summary>How long a worker may take to start and say hello.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a connection may take to say hello before it is closed.</summary>
    public TimeSpan HelloTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a worker may take to answer before it counts as lost.</summary>
    public TimeSpan ReplyTimeout { get; init; } = TimeSpan.FromMinutes(10);
}
