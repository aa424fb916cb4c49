namespace YarnDL.Commands;

/// <summary>What <c>evaluate</c> was asked for.</summary>
internal sealed record EvaluateRequest(string? Job, IReadOnlyList<string> Settings, string? Model, IReadOnlyList<string> Input, string? Columns, string? Filter, string? Output, string? RunId, int Threads, int Workers);
