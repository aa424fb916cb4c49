using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Jobs;
using YarnDL.Outcomes;
using YarnDL.Progress;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl score</c>.</summary>
internal static class ScoreRun
{
    public static Outcome Run(CommandSession session, ScoreCommandRequest request)
    {
        JobFile? job = request.Job is null ? null : JobFile.Load(request.Job, request.Settings);
        if (job is null && request.Settings.Count > 0)
        {
            throw new JobException("[arguments] --set changes a job file; name one, or use --model, --input, --output, --keep and --filter");
        }

        JobMap given = Section(job, request);
        foreach ((string key, string what) in ((string, string)[])[("input", "rows"), ("output", "output")])
        {
            if (!given.Has(key))
            {
                throw new JobException($"[arguments] no {what} {(what == "rows" ? "are" : "is")} given; add --{key} PATH, or {(job is null ? "a job file" : $"to {request.Job}")} a score section with {key}");
            }
        }

        JobMap section = JobFile.Check(JobSchema.Score, WithFormat(given));
        JobBinding? binding = job is null ? null : new JobBinding(job, request.RunId);
        string model = section.TextOrNull("model") ?? (binding is null ? null : Path.Combine(binding.Output, "model"))
            ?? throw new JobException("[arguments] no model is given; add --model FOLDER, or a job file whose output holds one");
        session.OutcomeFile = Beside(section, binding) + ".outcome.json";
        JsonObject fields = [];
        Score(session, section, model, binding, fields, request.Workers);
        return session.Done(fields);
    }

    /// <summary>Scores as a checked section says; returns where the predictions are.</summary>
    public static string Score(CommandSession session, JobMap section, string model, JobBinding? binding, JsonObject fields, int workers = 0)
    {
        JobMap input = section.Map("input");
        bool isTable = section.Text("format") == "table";
        string output = isTable ? section.Text("output") : Beside(section, binding);
        using IEngine engine = Place.Engine(workers, section.Int("threads"));
        if (!isTable && section.MapOrNull("partition") is { } partition)
        {
            throw new JobException($"[job] {partition.Place}: a partition is one of a table, format is {section.Text("format")}; add format: table, or leave the partition out");
        }

        ScoreRequest request = new()
        {
            Store = Place.Files,
            ModelPath = model,
            Lake = binding?.Lake ?? Place.Lake(),
            Source = JobBinding.Source(input),
            Filter = input.TextOrNull("filter"),
            Target = isTable ? new TableSource { Format = "table", Table = output, Options = Partition(section) } : new TableSource { Format = section.Text("format"), Paths = [output] },
            Mode = Enum.Parse<WriteMode>(section.Text("mode"), ignoreCase: true),
            Keep = section.Texts("keep"),
            Outputs = section.Texts("outputs"),
            BatchSize = section.Int("batchSize"),
            Engine = engine,
            Registry = JobSpecs.FeatureTypes,
            OnBadRow = JobBinding.BadRows(section.Map("onBadRow")),
            BadRowsPath = Beside(section, binding) + ".bad-rows.jsonl",
        };
        ScoreResult result = ProgressDisplay.Run(session, p => Scorer.Score(request, p, session.Cancellation));
        ScoreLedger l = result.Ledger;
        session.Say(string.Create(CultureInfo.InvariantCulture, $"rows    read {l.Read:#,0} = scored {l.Scored:#,0} + quarantined {l.Quarantined:#,0} + dropped {l.Dropped:#,0} + filtered {l.Filtered:#,0}"));
        session.Say($"predictions {output}");
        if (result.BadRows is { } bad)
        {
            session.Say($"bad rows {bad}");
            fields["badRows"] = bad;
        }

        fields["predictions"] = output;
        fields["scoreLedger"] = new JsonObject { ["read"] = l.Read, ["scored"] = l.Scored, ["quarantined"] = l.Quarantined, ["dropped"] = l.Dropped, ["filtered"] = l.Filtered };
        return output;
    }

    /// <summary>The partition columns with one value, as the lake takes them.</summary>
    private static Dictionary<string, string> Partition(JobMap section)
    {
        Dictionary<string, string> options = [];
        foreach (JobEntry e in section.MapOrNull("partition")?.Entries ?? [])
        {
            options["partition." + e.Key] = section.Texts("keep").Contains(e.Key, StringComparer.OrdinalIgnoreCase)
                ? throw new JobException($"[job] {e.Place}: the partition column {e.Key} is kept from the rows too; it must come from one of the two; take it out of keep or out of partition")
                : ((JobScalar)e.Value).Text;
        }

        return options;
    }

    /// <summary>The format that the output's name tells, unless the section says one; the two must not differ.</summary>
    private static JobMap WithFormat(JobMap section)
    {
        string output = section.TextOrNull("output") ?? "";
        if (Path.GetExtension(output).Length == 0 || JobBinding.FormatOf(output) is not ("parquet" or "csv" or "json"))
        {
            return section;
        }

        string told = JobBinding.FormatOf(output)!;
        JobPlace place = section.Entries.First(e => e.Key == "output").Place;
        if (!section.Has("format") || section.Entries.First(e => e.Key == "format").Place.Source == "default")
        {
            return section with { Entries = [.. section.Entries.Where(e => e.Key != "format"), new JobEntry("format", place, new JobScalar(place, told, true))] };
        }

        return section.Text("format") == told ? section
            : throw new JobException($"[job] {place}: output {output} is named as {told}, format is {section.Text("format")}; make them one");
    }

    /// <summary>The predictions' folder, beside which outcome and bad rows lie; for a table a name in the job's output.</summary>
    private static string Beside(JobMap section, JobBinding? binding) => section.Text("format") == "table"
        ? Place.Full(Path.Combine(binding?.Output ?? "yarndl-scores", section.Text("output")))
        : Place.Full(section.Text("output")).TrimEnd('/');

    /// <summary>The job's score section with the options put over it.</summary>
    private static JobMap Section(JobFile? job, ScoreCommandRequest r)
    {
        JobMap section = job?.Root.MapOrNull("score") ?? new JobMap(new JobPlace("the command line"), []);
        List<JobEntry> entries = [.. section.Entries];
        void Put(string key, string option, JobNode? value)
        {
            if (value is not null)
            {
                entries.RemoveAll(e => e.Key == key);
                entries.Add(new(key, new JobPlace(option), value));
            }
        }

        static JobScalar? Scalar(string option, string? text) => text is null ? null : new(new JobPlace(option), text, true);
        Put("model", "--model", Scalar("--model", r.Model));
        JobNode? input = r.Input.Count == 0 ? null : new JobList(new JobPlace("--input"), [.. r.Input.Select(i => Scalar("--input", i)!)]);
        foreach ((string key, JobNode? value) in ((string, JobNode?)[])[("filter", Scalar("--filter", r.Filter)), ("columns", CommonOptions.Columns(r.Columns))])
        {
            if (value is not null)
            {
                IEnumerable<JobEntry> source = input switch
                {
                    null => (section.Find("input") as JobMap)?.Entries ?? [],
                    JobMap m => m.Entries,
                    _ => [new JobEntry("path", input.Place, input)],
                };
                input = new JobMap(new JobPlace("--input"), [.. source.Where(e => e.Key != key), new JobEntry(key, value.Place, value)]);
            }
        }

        Put("input", "--input", input);
        Put("output", "--output", Scalar("--output", r.Output));
        Put("keep", "--keep", r.Keep.Count == 0 ? null : new JobList(new JobPlace("--keep"), [.. r.Keep.Select(k => Scalar("--keep", k)!)]));
        Put("mode", "--mode", Scalar("--mode", r.Mode));
        Put("threads", "--threads", r.Threads is { } t ? new JobScalar(new JobPlace("--threads"), t.ToString(CultureInfo.InvariantCulture), false) : null);
        return section with { Entries = entries };
    }
}
