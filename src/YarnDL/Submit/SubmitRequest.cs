namespace YarnDL.Submit;

/// <summary>What <c>yarndl submit</c> was asked for; texts as the user wrote them, null where nothing was said.</summary>
internal sealed record SubmitRequest
{
    public required string Job { get; init; }

    /// <summary>A tag that only this submission has; null where nothing is submitted.</summary>
    public string? Tag { get; init; }

    /// <summary>train, score or evaluate.</summary>
    public string Command { get; init; } = "train";

    public string Master { get; init; } = "yarn";

    public string DeployMode { get; init; } = "cluster";

    public int? Executors { get; init; }

    public int? ExecutorCores { get; init; }

    /// <summary>Heap of an executor's JVM.</summary>
    public string? ExecutorMemory { get; init; }

    public string? DriverMemory { get; init; }

    /// <summary>.NET memory in each container, beside the JVM.</summary>
    public string? DotnetMemory { get; init; }

    public string? Queue { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];

    public int? Priority { get; init; }

    public string? NodeLabel { get; init; }

    public string? ProxyUser { get; init; }

    public string? Principal { get; init; }

    public string? Keytab { get; init; }

    /// <summary>Spark properties, key=value.</summary>
    public IReadOnlyList<string> Conf { get; init; } = [];

    public IReadOnlyList<string> Files { get; init; } = [];

    public IReadOnlyList<string> Settings { get; init; } = [];

    public string? RunId { get; init; }

    public bool Resume { get; init; }

    public bool DryRun { get; init; }

    public bool NoWait { get; init; }

    public bool OnYarn => Master == "yarn";
}
