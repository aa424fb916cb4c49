using System.Globalization;
using System.Text;
using YarnDL.Testing;

namespace YarnDL.Graphs.Tests;

/// <summary>docs/operators.md is made from the operator table; YARNDL_REGENERATE=1 writes it anew.</summary>
public sealed class Operator_docs
{
    [Fact]
    public void The_page_is_that_of_the_table()
    {
        string file = Path.Combine(SharedFolder.Root, "docs", "operators.md");
        string page = Page();
        if (Environment.GetEnvironmentVariable("YARNDL_REGENERATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, page);
        }

        Assert.True(File.Exists(file) && File.ReadAllText(file) == page, "docs/operators.md differs from the operator table; run the tests once with YARNDL_REGENERATE=1 and commit the page");
    }

    private static string Page()
    {
        var text = new StringBuilder();
        text.Append("# Operators\n\nMade from the operator table by the tests of YarnDL.Graphs; do not edit. Semantics are ONNX's from the given operator set on.\n");
        text.Append("\"rows\" says what an operator may do along the row axis: per row, or sum over it (by the rule for sums over rows).\n");
        Section(text, "ONNX", "");
        Section(text, "Domain yarndl", "yarndl");
        return text.ToString();
    }

    private static void Section(StringBuilder text, string title, string domain)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| operator | since | rows | attributes | what |\n|---|---|---|---|---|\n");
        foreach (Operator o in OperatorTable.All.Where(o => o.Domain == domain))
        {
            string rows = o.Rows switch { RowBehaviour.PerRow => "per row", RowBehaviour.Reduces => "sums", _ => "mixes" };
            string attributes = string.Join(", ", o.AttributeSpecs.OrderBy(a => a.Name, StringComparer.Ordinal).Select(Attribute));
            text.Append(CultureInfo.InvariantCulture, $"| {o.Name} | {(domain.Length == 0 ? o.Since : 1)} | {rows} | {attributes} | {o.Doc.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
        }
    }

    private static string Attribute(AttributeSpec a) => a.Default switch
    {
        null => a.Optional ? a.Name : $"{a.Name} (required)",
        string s => $"{a.Name} = {s}",
        var d => string.Create(CultureInfo.InvariantCulture, $"{a.Name} = {d}"),
    };
}
