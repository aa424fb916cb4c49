namespace YarnDL.Commands;

/// <summary>What <c>demo</c> was asked for. <paramref name="IdxFolder"/> null: our own digits.</summary>
internal sealed record DemoRequest(string? IdxFolder, string Output, IReadOnlyList<string> Settings);
