namespace YarnDL.Commands;

/// <summary>What <c>score</c> was asked for.</summary>
internal sealed record ScoreCommandRequest(string? Job, IReadOnlyList<string> Settings, string? Model, IReadOnlyList<string> Input, string? Columns, string? Output, IReadOnlyList<string> Keep,
    string? Filter, string? Mode, string? RunId, int? Threads, int Workers);
