using System.Text.Json;
using Xunit;

namespace YarnDL.Testing;

/// <summary>A group of reference cases, such as <c>layers</c> or <c>optimizers</c>.</summary>
public static class Golden
{
    /// <summary>All cases of a group; skips the test when the golden folder is absent.</summary>
    public static IReadOnlyList<GoldenCase> Group(string group)
    {
        string manifest = SharedFolder.RequireGolden("nn", group + ".json");
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(manifest));
        JsonElement root = json.RootElement.Clone();
        IReadOnlyDictionary<string, GoldenTensor> tensors = GoldenTensor.ReadFile(Path.ChangeExtension(manifest, ".safetensors"));
        return [.. root.GetProperty("cases").EnumerateArray().Select(c => new GoldenCase(c, tensors))];
    }

    /// <summary>
    /// Runs every case of a group and fails with all differences at once. The runner returns false for a case that it does not know; such a
    /// case must be listed with its reason in docs/deviations.md, or belong to another suite. Cases that run must not be listed.
    /// </summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="run">Checks one case by assertions.</param>
    /// <param name="elsewhere">True for cases that another suite runs.</param>
    public static void RunAll(string group, Func<GoldenCase, bool> run, Func<GoldenCase, bool>? elsewhere = null)
    {
        var failures = new List<string>();
        HashSet<string> listed = Deviations(group);
        int done = 0;
        int others = 0;
        int deviating = 0;
        foreach (GoldenCase c in Group(group))
        {
            if (elsewhere?.Invoke(c) == true)
            {
                others++;
                continue;
            }

            try
            {
                if (run(c))
                {
                    done++;
                    if (listed.Contains(c.Name))
                    {
                        failures.Add($"{c}: it runs, and docs/deviations.md lists it");
                    }
                }
                else if (listed.Contains(c.Name))
                {
                    deviating++;
                }
                else
                {
                    failures.Add($"{c}: it neither runs nor is listed in docs/deviations.md");
                }
            }
            catch (Exception e)
            {
                done++;
                failures.Add($"{c}: {e.GetType().Name} {e.Message}");
            }
        }

        Console.WriteLine($"golden {group}: {done} cases run, {deviating} deviations listed, {others} run by another suite, {Group(group).Count} in the manifest");
        Assert.True(failures.Count == 0, $"{failures.Count} cases of {group} fail:\n{string.Join("\n", failures)}");
        Assert.Equal(Group(group).Count, done + deviating + others);
    }

    /// <summary>The cases of a group that docs/deviations.md lists: lines | group | case | reason |.</summary>
    private static HashSet<string> Deviations(string group) => [.. File.ReadLines(Path.Combine(SharedFolder.Root, "docs", "deviations.md"))
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries)).Where(cells => cells.Length > 3 && cells[1] == group).Select(cells => cells[2])];
}
