using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;

namespace YarnDL.Reports;

/// <summary>Makes report.html of a run.</summary>
internal static class ReportPage
{
    /// <summary>The page.</summary>
    /// <exception cref="FileStoreException">The folder has no metrics.jsonl, or a file of the run is damaged.</exception>
    public static string Make(RunFolder run)
    {
        string text = run.Read(run.Metrics)
            ?? throw new FileStoreException(FileStoreFault.Missing, $"[report] {run.Path} has no metrics.jsonl; give the output folder of a training");
        MetricsLines metrics = MetricsLines.Parse(text, run.Metrics);
        JsonObject facts = run.ReadJson(run.Facts) ?? [];
        JsonObject? evaluation = run.ReadJson(run.Evaluation);
        string name = facts["name"]?.ToString() ?? Path.GetFileName(Path.TrimEndingDirectorySeparator(run.Path));

        StringBuilder s = new();
        s.Append($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>{Html(name)} – YarnDL report</title><style>{ReportStyle.Css}</style></head>\n<body><main>\n");
        Head(s, name, facts, evaluation);
        Tiles(s, facts, evaluation, metrics);
        Charts(s, metrics);
        if (evaluation is not null && ReportTables.Confusion(evaluation) is { Length: > 0 } confusion)
        {
            s.Append(CultureInfo.InvariantCulture, $"<h2>Which class was taken for which</h2>\n{confusion}\n<p class=\"note\">{Html(evaluation["on"]?.ToString() ?? "held-out")} rows, {evaluation["rows"]}; rows are the truth, columns the prediction; mistakes are shaded against the most frequent one.</p>\n");
        }

        s.Append("<h2>Epochs</h2>\n").Append(ReportTables.Epochs(metrics)).Append('\n');
        Operators(s, facts);
        s.Append("<div class=\"pair\">");
        if (facts["ledger"] is JsonObject ledger)
        {
            s.Append("<div><h2>Rows</h2><div class=\"card\">").Append(ReportTables.Ledger(ledger)).Append("<p class=\"note\">read = trained + held out + filtered + dropped + quarantined</p></div></div>");
        }

        s.Append("<div><h2>What ran</h2><div class=\"card\">").Append(ReportTables.Facts(Shown(facts))).Append("</div></div></div>\n");
        if (run.Read(run.Job) is { } job)
        {
            s.Append("<h2>Configuration</h2><div class=\"card\"><pre>").Append(Html(job)).Append("</pre></div>\n");
        }

        Data(s, metrics);
        return s.Append("</main></body></html>\n").ToString();
    }

    private static void Head(StringBuilder s, string name, JsonObject facts, JsonObject? evaluation)
    {
        string outcome = facts["outcome"]?.ToString() ?? "unfinished";
        s.Append($"<header><h1>{Html(name)}</h1><span class=\"badge{(outcome == "done" ? "" : " bad")}\">{Html(outcome == "gate" ? "rejected by its gate" : outcome)}</span>");
        List<string> line = [];
        foreach (string key in (string[])["runId", "model", "engine"])
        {
            if (facts[key]?.ToString() is { Length: > 0 } v)
            {
                line.Add(v);
            }
        }

        if (evaluation?["rows"] is { } rows)
        {
            line.Add($"measured on {rows} {evaluation["on"]} rows{(evaluation["dropped"]?.ToString() is { } d and not "0" ? $" ({d} more could not be read)" : "")}");
        }

        s.Append($"<p>{Html(string.Join(" · ", line))}</p></header>\n");
    }

    private static void Tiles(StringBuilder s, JsonObject facts, JsonObject? evaluation, MetricsLines metrics)
    {
        s.Append("<ul class=\"tiles\">");
        string on = evaluation?["on"]?.ToString() ?? "";
        foreach ((string key, JsonNode? value) in evaluation?["values"] as JsonObject ?? [])
        {
            Tile(s, $"{on} {key}", value!.ToJsonString(), key);
        }

        if (evaluation is null && metrics.Epochs.Count > 0)
        {
            foreach ((string key, string value) in metrics.Epochs[^1].Values.Where(v => v.Name != "seconds"))
            {
                Tile(s, key, value, key);
            }
        }

        Tile(s, "epochs", metrics.Epochs.Count.ToString(CultureInfo.InvariantCulture));
        foreach ((string key, string label) in ((string, string)[])[("parameters", "parameters"), ("trainedRows", "rows per epoch"), ("seconds", "seconds in all")])
        {
            if (facts[key] is { } v)
            {
                Tile(s, label, v.ToJsonString());
            }
        }

        s.Append("</ul>\n");
    }

    private static void Tile(StringBuilder s, string label, string raw, string? name = null)
    {
        bool number = double.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out double v);
        string shown = !number ? raw : v == Math.Floor(v) && Math.Abs(v) < 1e15 ? v.ToString("#,0", CultureInfo.InvariantCulture) : LineChart.Short(v);
        s.Append($"<li{(name is null ? "" : $" data-name=\"{Html(name)}\"")} title=\"{Html(raw)}\"><b>{Html(shown)}</b><span>{Html(label)}</span></li>");
    }

    private static void Charts(StringBuilder s, MetricsLines metrics)
    {
        List<(double X, double Y)> Steps(string name) => [.. metrics.Steps.Select(l => (l.Number("step"), l.Number(name)))];
        Dictionary<int, double> ends = [];
        foreach (MetricsLine l in metrics.Steps)
        {
            ends[l.Epoch] = l.Number("step") + 1;
        }

        IReadOnlyList<(double X, double Y)> Epochs(string name) => [.. metrics.Epochs.Where(e => ends.ContainsKey(e.Epoch)).Select(e => (ends[e.Epoch], e.Number(name)))];
        IReadOnlyList<(double X, double Y)> Measured(string name) =>
            [.. Epochs("val_" + name).Concat(metrics.Validations.Select(v => (v.Number("step"), v.Number("val_" + name)))).OrderBy(p => p.Item1)];
        List<LineChart> charts =
        [
            new("Loss", "step", [("each step", LineChart.Thin(Steps("loss")), false), ("training, mean of the epoch", Epochs("loss"), true), ("validation", Measured("loss"), true)]),
        ];
        foreach (string name in metrics.Names.Where(n => n is not ("loss" or "val_loss" or "seconds")).Select(n => n.StartsWith("val_", StringComparison.Ordinal) ? n[4..] : n).Distinct())
        {
            charts.Add(new(char.ToUpperInvariant(name[0]) + name[1..], "step", [("training", Epochs(name), true), ("validation", Measured(name), true)]));
        }

        charts.Add(new("Learning rate", "step", [("learning rate", LineChart.Thin(Steps("learningRate")), false)]));
        s.Append("<h2>Curves</h2>\n<div class=\"charts\">").Append(string.Concat(charts.Select(c => c.ToHtml()))).Append("</div>\n");
    }

    private static void Operators(StringBuilder s, JsonObject facts)
    {
        if (facts["operators"] is not JsonArray { Count: > 0 } operators)
        {
            return;
        }

        s.Append("<h2>Slowest operators</h2>").Append(ReportTables.Operators(operators)).Append('\n');
    }

    private static IEnumerable<(string Name, string Value)> Shown(JsonObject facts) => facts
        .Where(f => f.Value is JsonValue && f.Key is not ("outcome" or "name"))
        .Select(f => (ReportTables.Words(f.Key), f.Value!.ToString()));

    /// <summary>All epoch lines and the step lines that are drawn, as they stand in metrics.jsonl.</summary>
    private static void Data(StringBuilder s, MetricsLines metrics)
    {
        const int Most = 5000;
        int every = Math.Max(1, (metrics.Steps.Count + Most - 1) / Most);
        IEnumerable<string> lines = metrics.Epochs.Select(e => e.Text).Concat(metrics.Steps.Where((_, i) => i % every == 0).Select(l => l.Text));
        s.Append("<script type=\"application/json\" id=\"yarndl-metrics\">[\n").Append(string.Join(",\n", lines).Replace("</", "<\\/", StringComparison.Ordinal).Replace("<!--", "<\\u0021--", StringComparison.Ordinal)).Append("\n]</script>\n");
    }

    private static string Html(string text) => ReportTables.Html(text);
}
