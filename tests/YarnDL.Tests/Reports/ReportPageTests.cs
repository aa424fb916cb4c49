using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using YarnDL.Tests.Commands;

namespace YarnDL.Tests.Reports;

public sealed partial class ReportPageTests
{
    private static readonly string? Chromium = ((string[])["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]).FirstOrDefault(File.Exists);

    [Fact]
    public void The_numbers_of_the_page_are_those_of_metrics_jsonl()
    {
        using DigitsJob job = Trained();
        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        Dictionary<(int, string), string> cells = [];
        foreach (Match row in EpochRow().Matches(page))
        {
            foreach (Match cell in Cell().Matches(row.Groups["cells"].Value))
            {
                cells[(int.Parse(row.Groups["epoch"].Value), cell.Groups["name"].Value)] = WebUtility.HtmlDecode(cell.Groups["text"].Value);
            }
        }

        Assert.Equal(Expected(job), cells);
    }

    [Fact]
    public void The_page_carries_the_lines_of_metrics_jsonl()
    {
        using DigitsJob job = Trained();
        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        string block = DataBlock().Match(page).Groups["json"].Value;
        string[] inPage = [.. JsonDocument.Parse(block).RootElement.EnumerateArray().Select(e => e.GetRawText()).Order(StringComparer.Ordinal)];
        Assert.Equal(File.ReadAllLines(Path.Combine(job.Output, "metrics.jsonl")).Order(StringComparer.Ordinal), inPage);
    }

    [Fact]
    public void The_page_needs_nothing_from_outside_and_runs_no_script()
    {
        using DigitsJob job = Trained();
        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        Assert.DoesNotContain("http:", page);
        Assert.DoesNotContain("https:", page);
        Assert.DoesNotContain(" src=", page);
        Assert.DoesNotContain("<link", page);
        Assert.All(Script().Matches(page), m => Assert.Contains("application/json", m.Value));
    }

    [Fact]
    public void The_slowest_operators_were_measured()
    {
        using DigitsJob job = Trained();
        using JsonDocument facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Output, "run.json")));
        JsonElement[] operators = [.. facts.RootElement.GetProperty("operators").EnumerateArray()];
        Assert.Contains(operators, o => o.GetProperty("operator").GetString()!.StartsWith("Conv", StringComparison.Ordinal));
        double[] shares = [.. operators.Select(o => o.GetProperty("share").GetDouble())];
        Assert.Equal(shares.OrderDescending(), shares);
        Assert.InRange(shares.Sum(), 0.5, 1.001);
        Assert.All(operators, o => Assert.True(o.GetProperty("milliseconds").GetDouble() >= 0));
        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        string table = page[page.IndexOf("id=\"operators\"", StringComparison.Ordinal)..];
        Assert.Equal(operators.Length, table[..table.IndexOf("</table>", StringComparison.Ordinal)].Split("data-name=\"share\"").Length - 1);
    }

    [Fact]
    public void The_ledger_of_the_page_balances()
    {
        using DigitsJob job = Trained();
        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        string ledger = page[page.IndexOf("id=\"ledger\"", StringComparison.Ordinal)..];
        var counts = Cell().Matches(ledger).Take(6).ToDictionary(c => c.Groups["name"].Value, c => long.Parse(c.Groups["text"].Value));
        Assert.Equal(120, counts["read"]);
        Assert.Equal(counts["read"], counts["trained"] + counts["heldOut"] + counts["filtered"] + counts["dropped"] + counts["quarantined"]);
    }

    [Fact]
    public void Names_from_the_job_cannot_break_out_of_the_page()
    {
        using DigitsJob job = new(rows: 120);
        CommandLine train = CommandLine.InProcess("train", job.Job, "--set", "train.epochs=1", "--set", "name=\"<script>alert(1)</script>\"");
        Assert.True(train.Code == 0, train.Error);
        Assert.DoesNotContain("<script>alert", File.ReadAllText(Path.Combine(job.Output, "report.html")));
    }

    [Fact]
    public void A_folder_without_metrics_is_told()
    {
        CommandLine report = CommandLine.InProcess("report", Path.GetTempPath());
        Assert.Equal(3, report.Code);
        Assert.Contains("metrics.jsonl", report.Error);
    }

    [Fact]
    public async Task A_browser_without_JavaScript_shows_curves_table_and_matrix()
    {
        Assert.SkipWhen(Chromium is null, "chromium absent");
        using DigitsJob job = Trained();
        using IPlaywright playwright = await Playwright.CreateAsync();
        await using IBrowser browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        await using IBrowserContext context = await browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = false, Offline = true });
        IPage page = await context.NewPageAsync();
        await page.GotoAsync("file://" + Path.Combine(job.Output, "report.html"));

        Dictionary<(int, string), string> cells = [];
        foreach (ILocator row in await page.Locator("#epochs tbody tr").AllAsync())
        {
            int epoch = int.Parse((await row.GetAttributeAsync("data-epoch"))!);
            foreach (ILocator cell in await row.Locator("td[data-name]").AllAsync())
            {
                cells[(epoch, (await cell.GetAttributeAsync("data-name"))!)] = await cell.InnerTextAsync();
            }
        }

        Assert.Equal(Expected(job), cells);
        Assert.True(await page.Locator("figure svg polyline").CountAsync() >= 4);
        LocatorBoundingBoxResult? chart = await page.Locator("figure svg").First.BoundingBoxAsync();
        Assert.True(chart is { Width: > 200, Height: > 80 });
        Assert.Equal(100, await page.Locator("#confusion td").CountAsync());
        long sum = 0;
        foreach (string text in await page.Locator("#confusion td").AllInnerTextsAsync())
        {
            sum += text.Length == 0 ? 0 : long.Parse(text);
        }

        Assert.Equal(JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Output, "evaluation.json"))).RootElement.GetProperty("rows").GetInt64(), sum);
    }

    private static DigitsJob Trained()
    {
        DigitsJob job = new(rows: 120);
        CommandLine train = CommandLine.InProcess("train", job.Job);
        Assert.True(train.Code == 0, train.Error);
        return job;
    }

    /// <summary>(epoch, name) to the number's own text.</summary>
    private static Dictionary<(int, string), string> Expected(DigitsJob job)
    {
        Dictionary<(int, string), string> expected = [];
        foreach (string line in File.ReadLines(Path.Combine(job.Output, "metrics.jsonl")))
        {
            JsonElement o = JsonDocument.Parse(line).RootElement;
            foreach (JsonProperty p in o.GetProperty("kind").GetString() == "epoch" ? o.EnumerateObject() : default)
            {
                if (p.Name is not ("kind" or "epoch"))
                {
                    expected[(o.GetProperty("epoch").GetInt32(), p.Name)] = p.Value.GetRawText();
                }
            }
        }

        Assert.NotEmpty(expected);
        return expected;
    }

    [GeneratedRegex("<tr data-epoch=\"(?<epoch>\\d+)\">(?<cells>.*?)</tr>")]
    private static partial Regex EpochRow();

    [GeneratedRegex("<td data-name=\"(?<name>[^\"]+)\">(?<text>[^<]*)</td>")]
    private static partial Regex Cell();

    [GeneratedRegex("id=\"yarndl-metrics\">(?<json>.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataBlock();

    [GeneratedRegex("<script[^>]*>")]
    private static partial Regex Script();
}
