namespace YarnDL.Commands;

/// <summary>What <c>train</c> was asked for.</summary>
internal sealed record TrainRequest(string Job, IReadOnlyList<string> Settings, string? RunId, bool Resume);
