namespace YarnDL.Fuzz;

/// <summary>A reader under attack: sound files, and what reads a damaged one. Its own refusals are expected; all else is a find.</summary>
internal sealed record Target(string Name, IReadOnlyList<byte[]> Sound, Action<byte[]> Read, params Type[] Refusals);
