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
    /// Runs every case of a group and fails with all differences at once. The runner returns false for a case that is not yet supported;
    /// these are counted in one printed line, never silently left out.
    /// </summary>
    /// <param name="group">Name of the group.</param>
    /// <param name="run">Checks one case by assertions.</param>
    /// <param name="atLeast">Fewest cases that must run.</param>
    public static void RunAll(string group, Func<GoldenCase, bool> run, int atLeast)
    {
        var failures = new List<string>();
        var notYet = new SortedDictionary<string, int>(StringComparer.Ordinal);
        int done = 0;
        foreach (GoldenCase c in Group(group))
        {
            try
            {
                if (run(c))
                {
                    done++;
                }
                else
                {
                    notYet[c.Op] = notYet.GetValueOrDefault(c.Op) + 1;
                }
            }
            catch (Exception e)
            {
                done++;
                failures.Add($"{c}: {e.GetType().Name} {e.Message}");
            }
        }

        Console.WriteLine($"golden {group}: {done - failures.Count} of {done} run cases agree; not yet: {notYet.Values.Sum()} ({string.Join(", ", notYet.Select(p => $"{p.Key} {p.Value}"))})");
        Assert.True(failures.Count == 0, $"{failures.Count} of {done} cases of {group} differ:\n{string.Join("\n", failures)}");
        Assert.True(done >= atLeast, $"{done} cases of {group} ran, at least {atLeast} must");
    }
}
