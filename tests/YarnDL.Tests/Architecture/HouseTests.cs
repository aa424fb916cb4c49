using System.Text.RegularExpressions;
using System.Xml.Linq;
using YarnDL.Graphs;
using YarnDL.Testing;

namespace YarnDL.Tests.Architecture;

/// <summary>The rules of the house: which project may see which, how long a file may be, what it may be called.</summary>
public sealed partial class HouseTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["YarnDL.Tensors"] = [],
        ["YarnDL.Graphs"] = ["YarnDL.Tensors"],
        ["YarnDL.Nn"] = ["YarnDL.Graphs"],
        ["YarnDL.ModelFiles"] = ["YarnDL.Graphs"],
        ["YarnDL.Data"] = ["YarnDL.Tensors"],
        ["YarnDL.Training"] = ["YarnDL.Nn", "YarnDL.ModelFiles", "YarnDL.Data"],
        ["YarnDL.Spark"] = ["YarnDL.Training"],
        ["YarnDL"] = ["YarnDL.Spark"],
        ["YarnDL.Cli"] = ["YarnDL"],
    };

    private static string Source => Path.Combine(SharedFolder.Root, "src");

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_lies_below_it(string project)
    {
        var file = XDocument.Load(Path.Combine(Source, project, project + ".csproj"));
        string[] seen = [.. file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!))];
        Assert.Equal(Allowed[project].Order(), seen.Order());
    }

    [Fact]
    public void Every_source_project_is_in_the_list() =>
        Assert.Equal(Allowed.Keys.Order(), Directory.GetDirectories(Source).Select(d => Path.GetFileName(d)).Order());

    [Fact]
    public void No_source_file_is_longer_than_600_lines() =>
        AssertNone(SourceFiles().Where(f => !f.EndsWith(".g.cs", StringComparison.Ordinal) && File.ReadLines(f).Count() > 600));

    [Fact]
    public void A_file_holds_one_public_type_named_as_the_file() =>
        AssertNone(SourceFiles().Where(f => !f.EndsWith(".g.cs", StringComparison.Ordinal)).SelectMany(f =>
        {
            string[] types = [.. PublicType().Matches(File.ReadAllText(f)).Select(m => m.Groups["name"].Value)];
            string stem = Path.GetFileNameWithoutExtension(f);
            return types.Length == 0 || (types.Length == 1 && (types[0] == stem || stem.StartsWith(types[0] + ".", StringComparison.Ordinal)))
                ? Array.Empty<string>()
                : [$"{f}: {string.Join(", ", types)}"];
        }));

    [Fact]
    public void Every_planted_fault_still_fits_the_code()
    {
        string faults = Path.Combine(SharedFolder.Root, "tests", "faults");
        AssertNone(Directory.GetFiles(faults, "*.patch").Where(patch =>
        {
            using var git = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("git", ["apply", "--check", patch]) { WorkingDirectory = SharedFolder.Root })!;
            git.WaitForExit();
            return git.ExitCode != 0;
        }));
    }

    [Fact]
    public void No_type_is_called_Manager_Helper_Utils_or_Base() =>
        AssertNone(SourceFiles().Where(f => EmptyName().IsMatch(Path.GetFileNameWithoutExtension(f))));

    [Fact]
    public void Every_folder_with_code_has_a_README_of_at_most_20_lines() =>
        AssertNone(SourceFiles().Select(f => Path.GetDirectoryName(f)!).Distinct()
            .Where(d => !File.Exists(Path.Combine(d, "README.md")) || File.ReadLines(Path.Combine(d, "README.md")).Count() > 20));

    [Fact]
    public void Every_operator_class_is_in_the_table()
    {
        var listed = OperatorTable.All.Select(o => o.GetType()).ToHashSet();
        AssertNone(typeof(Operator).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Operator)) && !t.IsAbstract && !listed.Contains(t)).Select(t => t.Name));
    }

    [Fact]
    public void No_file_names_a_machine_path_or_a_registry_host() =>
        AssertNone(TextFiles().Where(f => MachineText().IsMatch(File.ReadAllText(f))));

    private static void AssertNone(IEnumerable<string> offenders) => Assert.Empty(offenders.Select(o => o.Replace(SharedFolder.Root, "", StringComparison.Ordinal)));

    private static IEnumerable<string> SourceFiles() => Directory.EnumerateFiles(Source, "*.cs", SearchOption.AllDirectories).Where(IsOurs);

    private static IEnumerable<string> TextFiles() => new[] { "src", "am", "tests", "docs", "native", "packaging", ".ci" }
        .Where(d => Directory.Exists(Path.Combine(SharedFolder.Root, d)))
        .SelectMany(d => Directory.EnumerateFiles(Path.Combine(SharedFolder.Root, d), "*", SearchOption.AllDirectories))
        .Concat(Directory.EnumerateFiles(SharedFolder.Root))
        .Where(f => IsOurs(f) && Path.GetExtension(f) is ".cs" or ".md" or ".sh" or ".json" or ".yaml" or ".props" or ".csproj" or ".txt" or "" or ".java" or ".xml");

    private static bool IsOurs(string f) => !f.Contains("/bin/", StringComparison.Ordinal) && !f.Contains("/obj/", StringComparison.Ordinal)
        && !f.Contains("/native/lib/", StringComparison.Ordinal) && !f.Contains("/target/", StringComparison.Ordinal);

    [GeneratedRegex(@"^public (?:(?:static|sealed|abstract|readonly|partial|unsafe|ref) )*(?:class|struct|interface|enum|record(?: struct| class)?) (?<name>\w+)", RegexOptions.Multiline)]
    private static partial Regex PublicType();

    [GeneratedRegex("(Manager|Helper|Helpers|Utils|Util|Base)$")]
    private static partial Regex EmptyName();

    [GeneratedRegex(@"(?<![\w.])/(?:work|farm|root)/|https?://[a-z0-9.-]*(?:nuget\.org|npmjs|deb\.debian)", RegexOptions.IgnoreCase)]
    private static partial Regex MachineText();
}
