using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Testing;
using Module = YarnDL.Nn.Module;

namespace YarnDL.Tests.Architecture;

/// <summary>docs/parity.md: what it names exists, and no capability is left out.</summary>
public sealed partial class ParityTests
{
    private static readonly Assembly[] Assemblies =
        [typeof(Tensors.Tensor).Assembly, typeof(Graph).Assembly, typeof(Module).Assembly, typeof(ModelFiles.ModelFileException).Assembly, typeof(Data.DataException).Assembly, typeof(Training.TrainingPlan).Assembly, typeof(YarnDlHost).Assembly];

    private static string Root => SharedFolder.Root;

    [Fact]
    public void Every_name_on_the_page_exists()
    {
        var tests = new Lazy<string[]>(() => [.. Directory.EnumerateFiles(Path.Combine(Root, "tests"), "*.cs", SearchOption.AllDirectories)
            .Where(f => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)).Select(File.ReadAllText)]);
        var wrong = new List<string>();
        int names = 0;
        foreach ((string area, string capability, string here, string proof) in Lines())
        {
            MatchCollection found = Named().Matches(here + " " + proof);
            names += found.Count;
            wrong.AddRange(found.Where(m => m.Groups["kind"].Value != "golden" && !Exists(m.Groups["kind"].Value, m.Groups["name"].Value, tests)).Select(m => $"{area}, {capability}: {m.Value}"));
            if (!here.StartsWith("later", StringComparison.Ordinal) && (!Named().IsMatch(here) || !Named().IsMatch(proof)))
            {
                wrong.Add($"{area}, {capability}: no name or no proof");
            }
        }

        Assert.True(wrong.Count == 0, "docs/parity.md names what does not exist:\n" + string.Join("\n", wrong));
        Assert.True(names > 400, $"only {names} names were found on docs/parity.md");
    }

    [Fact]
    public void Every_golden_case_on_the_page_exists()
    {
        var known = new Dictionary<string, HashSet<string>>();
        foreach (string group in (string[])["layers", "losses", "optimizers", "schedules", "metrics", "init"])
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(SharedFolder.RequireGolden("nn", group + ".json")));
            known.Add(group, [.. json.RootElement.GetProperty("cases").EnumerateArray().Select(c => c.GetProperty("name").GetString()!)]);
        }

        string[] cases = [.. Lines().SelectMany(l => Named().Matches(l.Proof)).Where(m => m.Groups["kind"].Value == "golden").Select(m => m.Groups["name"].Value)];
        Assert.DoesNotContain(cases, c => c.Split('/') is not [var group, var name] || !known.TryGetValue(group, out HashSet<string>? names) || !names.Contains(name));
    }

    [Fact]
    public void No_capability_is_left_out()
    {
        HashSet<(string, string)> lines = [.. Lines().Select(l => (l.Area, l.Capability))];
        string[] missing = [.. File.ReadLines(SharedFolder.Require("parity.tsv")).Skip(1).Select(l => l.Split('\t'))
            .Where(l => l[0].StartsWith("layer: ", StringComparison.Ordinal) || l[0] is "activation" or "loss" or "optimizer" or "schedule" or "trigger" or "metric" or "initialiser and regulariser")
            .Where(l => !lines.Contains((l[0], l[1]))).Select(l => $"{l[0]}: {l[1]}")];
        Assert.True(missing.Length == 0, "docs/parity.md has no line for:\n" + string.Join("\n", missing));
    }

    private static IEnumerable<(string Area, string Capability, string Here, string Proof)> Lines()
    {
        string area = "";
        foreach (string line in File.ReadLines(Path.Combine(Root, "docs", "parity.md")))
        {
            if (line.StartsWith("## ", StringComparison.Ordinal))
            {
                area = line[3..];
            }
            else if (area.Length > 0 && line.StartsWith("| ", StringComparison.Ordinal) && line.Trim('|').Split(" | ") is [var capability, var here, var proof] && capability.Trim() != "capability")
            {
                yield return (area, capability.Trim(), here.Trim(), proof.Trim());
            }
        }
    }

    private static bool Exists(string kind, string name, Lazy<string[]> tests) => kind switch
    {
        "layer" => LayerRegistry.All.Names.Contains(name),
        "model" => ModelRegistry.All.Names.Contains(name),
        "loss" => Loss.All.Names.Contains(name),
        "optimizer" => Optimizer.All.Names.Contains(name),
        "schedule" => Schedule.All.Names.Contains(name),
        "metric" => Metric.All.Names.Contains(name),
        "initialiser" => Initialiser.All.Names.Contains(name),
        "operator" => OperatorTable.Find(name) is not null,
        "class" => TypeOf(name) is not null,
        "member" => name.Split('.') is [var type, var member] && TypeOf(type)?.GetMember(member) is { Length: > 0 },
        "test" => name.Split('.') is [var test, var method] && tests.Value.Any(t => t.Contains($"class {test}", StringComparison.Ordinal) && Regex.IsMatch(t, $@"public (?:async Task|void|unsafe void) {method}\(")),
        _ => false,
    };

    private static Type? TypeOf(string name) => Assemblies.SelectMany(a => a.GetExportedTypes()).FirstOrDefault(t => t.Name == name);

    [GeneratedRegex(@"`(?<kind>layer|model|loss|optimizer|schedule|metric|initialiser|operator|class|member|golden|test) (?<name>[^`]+)`")]
    private static partial Regex Named();
}
