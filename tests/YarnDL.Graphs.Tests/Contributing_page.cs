using System.Text.RegularExpressions;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests;

/// <summary>docs/contributing.md walks through an operator that is there.</summary>
public sealed partial class Contributing_page
{
    private static readonly string Page = File.ReadAllText(Path.Combine(SharedFolder.Root, "docs", "contributing.md"));

    [Fact]
    public void Names_files_that_exist()
    {
        string[] files = [.. Paths().Matches(Page).Select(m => m.Groups[1].Value).Distinct()];
        Assert.True(files.Length >= 9);
        Assert.All(files, f => Assert.True(File.Exists(Path.Combine(SharedFolder.Root, f)), $"{f} is named and does not exist"));
        Assert.All(Links().Matches(Page), m => Assert.True(File.Exists(Path.Combine(SharedFolder.Root, "docs", m.Groups[1].Value)), $"{m.Groups[1].Value} is linked and does not exist"));
    }

    [Fact]
    public void Quotes_the_line_of_the_table_and_that_of_the_golden_recipe()
    {
        Assert.Contains("new CenterCropPad(),", Source("src", "YarnDL.Graphs", "OperatorTable.cs"));
        Assert.Contains("[\"CenterCropPad\"] =", Source("tests", "YarnDL.Graphs.Tests", "Reference", "Further.cs"));
        Assert.Contains("[\"CumSum\"] = [\"axis\"]", Source("tests", "YarnDL.Graphs.Tests", "GoldenLayers", "Recipes.cs"));
        Assert.Contains("WithTrait(\"op\", op)", Source("tests", "YarnDL.Graphs.Tests", "Operators", "SampleCase.cs"));
    }

    private static string Source(params string[] path) => File.ReadAllText(Path.Combine([SharedFolder.Root, .. path]));

    [GeneratedRegex("`((?:src|tests|docs)/[A-Za-z0-9_./]+\\.(?:cs|sh|md))")]
    private static partial Regex Paths();

    [GeneratedRegex("\\]\\(([a-z-]+\\.md)\\)")]
    private static partial Regex Links();
}
