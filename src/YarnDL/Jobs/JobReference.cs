using System.Text;

namespace YarnDL.Jobs;

/// <summary>Writes docs/job-file.md from the schema.</summary>
internal static class JobReference
{
    /// <summary>The page, in Markdown.</summary>
    public static string ToMarkdown()
    {
        StringBuilder s = new();
        s.Append("""
            # The job file

            A job file is YAML: one document, plain values, anchors and `<<` allowed. `--set a.b=c` changes a key before anything is checked
            (`--set features.0.resize=[32,32]` picks from a list). Unknown keys are refused with the nearest name, the line and the column.
            Paths are relative to the current folder. `include: base.yaml`, or a list of names of which later ones win, takes the keys of other job files, looked up beside the
            file, then as a job file is: maps are merged key by key, what this file says wins. This page is made from the schema by `yarndl job-file`.


            """);
        Table(s, "", JobSchema.Job);
        foreach (JobSpecs specs in (JobSpecs[])[JobSpecs.Features, JobSpecs.Models, JobSpecs.Layers, JobSpecs.Losses, JobSpecs.Optimizers, JobSpecs.Schedules, JobSpecs.Metrics, JobSpecs.Triggers, JobSpecs.StepFunctions])
        {
            s.Append("## ").Append(char.ToUpperInvariant(specs.Noun[specs.Noun.IndexOf(' ', StringComparison.Ordinal) + 1])).Append(specs.Noun.AsSpan(specs.Noun.IndexOf(' ', StringComparison.Ordinal) + 2)).Append("\n\n| type | what it is and its options (defaults) | example |\n|---|---|---|\n");
            foreach ((string name, string doc, string example) in specs.Docs)
            {
                s.Append($"| `{name}` | {doc} | `{example}` |\n");
            }

            s.Append('\n');
        }

        return s.ToString().TrimEnd('\n') + "\n";
    }

    private static void Table(StringBuilder s, string path, MapShape map)
    {
        if (path.Length > 0)
        {
            s.Append("## ").Append(path).Append("\n\n");
        }

        s.Append("| key | holds | default | meaning |\n|---|---|---|---|\n");
        foreach (JobKey k in map.Keys)
        {
            s.Append($"| `{k.Name}` | {Holds(k, path)} | {(k.Required ? "required" : k.Default is null or "{}" ? "" : $"`{k.Default}`")} | {k.Doc} |\n");
        }

        s.Append('\n');
        foreach (JobKey k in map.Keys)
        {
            string at = path.Length == 0 ? k.Name : $"{path}.{k.Name}";
            if (Inner(k.Shape) is { } inner && !(inner == JobSchema.Source && at != "data.train") && at != "score.onBadRow")
            {
                Table(s, at, inner);
            }
        }
    }

    private static MapShape? Inner(JobShape shape) => shape switch
    {
        MapShape m => m,
        ListShape l => Inner(l.Item),
        _ => null,
    };

    private static string Holds(JobKey key, string path) => key.Shape switch
    {
        MapShape m when m == JobSchema.BadRows && path == "score" => "as `data.onBadRow`",
        MapShape m when m == JobSchema.Source => path.Length > 0 && key.Name != "train" ? "as `data.train`" : "keys below, or just the path",
        MapShape m => m.Short is null ? "keys below" : $"keys below, or just the {m.Short}",
        ListShape l when Inner(l) is not null => "a list of maps, keys below",
        SpecShape s => $"{s.Registry.Noun}, below",
        ListShape { Item: SpecShape s } => $"a list, {s.Registry.Noun} each, below",
        _ => key.Shape.Describe().Replace("|", "\\|", StringComparison.Ordinal),
    };
}
