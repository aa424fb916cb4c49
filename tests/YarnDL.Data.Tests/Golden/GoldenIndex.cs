using System.Text.Json;
using YarnDL.Testing;

namespace YarnDL.Data.Tests.Golden;

/// <summary>The list of reference files, and where they are.</summary>
internal sealed class GoldenIndex
{
    internal GoldenIndex()
    {
        Root = SharedFolder.RequireGolden("data");
        using FileStream stream = File.OpenRead(Path.Combine(Root, "index.json"));
        Entries = [.. JsonDocument.Parse(stream).RootElement.EnumerateArray().Select(static e => e.Clone())];
    }

    internal string Root { get; }

    internal IReadOnlyList<JsonElement> Entries { get; }

    /// <summary>Entries of a folder with one of the formats.</summary>
    internal IEnumerable<(string File, string Path, JsonElement Entry)> Of(string folder, params string[] formats) =>
        from e in Entries
        let file = e.GetProperty("file").GetString()!
        where file.StartsWith(folder + "/", StringComparison.Ordinal) && formats.Contains(e.GetProperty("format").GetString())
        select (file, Path.Combine(Root, file), e);

    /// <summary>The expected rows of an entry.</summary>
    internal List<JsonElement> Expected(JsonElement entry) =>
        [.. File.ReadLines(Path.Combine(Root, entry.GetProperty("expected").GetString()!)).Where(static l => l.Length > 0).Select(static l => JsonDocument.Parse(l).RootElement.Clone())];
}
