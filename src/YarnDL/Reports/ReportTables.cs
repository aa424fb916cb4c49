using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace YarnDL.Reports;

/// <summary>Tables of the report.</summary>
internal static class ReportTables
{
    /// <summary>One row per epoch; every number is the text of metrics.jsonl.</summary>
    public static string Epochs(MetricsLines metrics)
    {
        IReadOnlyList<string> names = metrics.Names;
        StringBuilder s = new("<div class=\"card\"><table id=\"epochs\" class=\"wide\"><thead><tr><th>epoch</th>");
        foreach (string n in names)
        {
            s.Append("<th>").Append(Html(n)).Append("</th>");
        }

        s.Append("</tr></thead><tbody>");
        foreach (MetricsLine e in metrics.Epochs)
        {
            s.Append(CultureInfo.InvariantCulture, $"<tr data-epoch=\"{e.Epoch}\"><td>{e.Epoch + 1}</td>");
            foreach (string n in names)
            {
                s.Append("<td data-name=\"").Append(Html(n)).Append("\">").Append(Html(e.Raw(n) ?? "")).Append("</td>");
            }

            s.Append("</tr>");
        }

        return s.Append("</tbody></table></div>").ToString();
    }

    /// <summary>The confusion matrix as a heat map: rows truth, columns prediction; and per class how many were found and how many of the found are right.</summary>
    public static string Confusion(JsonObject evaluation)
    {
        if (evaluation["confusion"] is not JsonArray rows || rows.Count is 0 or > 64)
        {
            return "";
        }

        long[][] m = [.. rows.Select(r => r!.AsArray().Select(v => v!.GetValue<long>()).ToArray())];
        string[] classes = [.. (evaluation["classes"] as JsonArray ?? []).Select(c => c!.ToString())];
        string Name(int i) => Html(i < classes.Length ? classes[i] : i.ToString(CultureInfo.InvariantCulture));
        long worst = 1;
        for (int t = 0; t < m.Length; t++)
        {
            worst = Math.Max(worst, m[t].Where((_, p) => p != t).DefaultIfEmpty(0).Max());
        }

        StringBuilder s = new($"<div class=\"pair\"><div class=\"card\"><table class=\"heat\" id=\"confusion\"><thead><tr><th class=\"side\">true ↓ predicted →</th>{string.Concat(Enumerable.Range(0, m.Length).Select(i => $"<th>{Name(i)}</th>"))}</tr></thead><tbody>");
        for (int t = 0; t < m.Length; t++)
        {
            long all = Math.Max(1, m[t].Sum());
            s.Append($"<tr><th class=\"side\">{Name(t)}</th>");
            for (int p = 0; p < m.Length; p++)
            {
                double shade = p == t ? (double)m[t][p] / all : m[t][p] == 0 ? 0 : 0.15 + (0.85 * m[t][p] / worst);
                s.Append(CultureInfo.InvariantCulture, $"<td class=\"{(p == t ? "hit" : "miss")}\" style=\"--v:{shade:0.###}\" title=\"true {Name(t)}, predicted {Name(p)}: {m[t][p]} of {all}\">{(m[t][p] == 0 && p != t ? "" : m[t][p].ToString(CultureInfo.InvariantCulture))}</td>");
            }

            s.Append("</tr>");
        }

        s.Append("</tbody></table></div><div class=\"card\"><table class=\"wide\"><thead><tr><th>class</th><th>rows</th><th>found (recall)</th><th>right (precision)</th></tr></thead><tbody>");
        for (int t = 0; t < m.Length; t++)
        {
            long rowsOf = m[t].Sum();
            long said = m.Sum(r => r[t]);
            s.Append(CultureInfo.InvariantCulture, $"<tr><td>{Name(t)}</td><td>{rowsOf}</td><td>{Share(m[t][t], rowsOf)}</td><td>{Share(m[t][t], said)}</td></tr>");
        }

        return s.Append("</tbody></table></div></div>").ToString();
    }

    /// <summary>Where the time of a step goes.</summary>
    public static string Operators(JsonArray operators)
    {
        StringBuilder s = new("<div class=\"card\"><table id=\"operators\" class=\"wide\"><thead><tr><th>operator</th><th>node</th><th>share</th><th>ms</th><th>GFLOP/s</th></tr></thead><tbody>");
        foreach (JsonNode? o in operators)
        {
            double gflops = o!["gflops"]?.GetValue<double>() ?? 0;
            s.Append($"<tr><td>{Html(o["operator"]!.ToString())}</td><td><code>{Html(o["node"]!.ToString())}</code></td>");
            s.Append(CultureInfo.InvariantCulture, $"<td data-name=\"share\">{o["share"]!.GetValue<double>() * 100:0.0} %</td><td>{o["milliseconds"]!.GetValue<double>():0.000}</td><td>{(gflops >= 0.1 ? gflops.ToString("0.0", CultureInfo.InvariantCulture) : "–")}</td></tr>");
        }

        return s.Append("</tbody></table></div><p class=\"note\">share of the operators' time in the steps that were measured (one in 16); ms for one run of the training graph, which holds a worker's part of the batch</p>").ToString();
    }

    /// <summary>Names and numbers of a JSON object of counts.</summary>
    public static string Ledger(JsonObject ledger)
    {
        StringBuilder s = new("<table id=\"ledger\"><thead><tr><th>rows</th><th>count</th></tr></thead><tbody>");
        foreach ((string key, JsonNode? value) in ledger)
        {
            s.Append($"<tr><td>{Html(Words(key))}</td><td data-name=\"{Html(key)}\">{Html(value?.ToJsonString() ?? "")}</td></tr>");
        }

        return s.Append("</tbody></table>").ToString();
    }

    /// <summary>Name and value pairs.</summary>
    public static string Facts(IEnumerable<(string Name, string Value)> facts)
    {
        StringBuilder s = new("<table class=\"facts\"><tbody>");
        foreach ((string name, string value) in facts)
        {
            s.Append($"<tr><td>{Html(name)}</td><td><code>{Html(value)}</code></td></tr>");
        }

        return s.Append("</tbody></table>").ToString();
    }

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>heldOut becomes held out.</summary>
    public static string Words(string key) => string.Concat(key.Select(c => char.IsAsciiLetterUpper(c) ? " " + char.ToLowerInvariant(c) : c.ToString()));

    private static string Share(long part, long all) => all == 0 ? "–" : ((double)part / all).ToString("0.0000", CultureInfo.InvariantCulture);
}
