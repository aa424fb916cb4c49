using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Commands;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Series;
using YarnDL.Nn;
using YarnDL.Training;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Jobs;

/// <summary>A checked job becomes the objects of the library.</summary>
internal sealed class JobBinding
{
    private readonly JobMap _root;
    private readonly JobFile _job;
    private readonly string? _runId;

    public JobBinding(JobFile job, string? runId)
    {
        (_job, _root, _runId) = (job, job.Root, runId);
        string output = _root.Text("output");
        Output = Place.Full(runId is null ? output : Path.Combine(output, runId));
        JobMap? tables = _root.Map("data").MapOrNull("tables");
        Lake = Place.Lake(tables?.Entries.ToDictionary(e => e.Key, e => Source((JobMap)e.Value)) ?? []);
    }

    public ILake Lake { get; }

    /// <summary>The run's folder.</summary>
    public string Output { get; }

    /// <summary>The training rows with features and label.</summary>
    public SelectedRows Rows()
    {
        SeriesOptions? series = Series();
        return new(Rows(_root.Map("data").Map("train")), new FeatureList([.. Features(series), .. Labels().Select(l => Label(l, series))]) { Series = series });
    }

    /// <summary>The rows that a finished model is measured on: test, else validation; null when the job names neither.</summary>
    public LakeRows? Measured() => Optional("test") ?? Optional("validation");

    /// <summary>Rows of a source section.</summary>
    public LakeRows Rows(JobMap source) => new(Lake, Source(source), source.TextOrNull("filter"));

    /// <summary>The settings.</summary>
    /// <param name="resume">Continue what was begun.</param>
    /// <param name="progress">Told what happens.</param>
    /// <param name="begun">Called once what an older run left is gone.</param>
    public Trainer Trainer(bool resume, ITrainingProgress progress, Action? begun = null)
    {
        JobMap data = _root.Map("data");
        JobMap train = _root.Map("train");
        JobMap checkpoint = train.Map("checkpoint");
        JobMap? init = _root.MapOrNull("init");
        IFileStore store = Place.Files;
        Optimizer optimizer = Optimizer.From(Spec("optimizer"));
        PhasePlan[] phases = [.. _root.List("phases").Select(p => Phase((JobMap)p, optimizer))];
        LossTerm[] losses = phases.Length > 0 ? [.. phases[0].Losses] : Losses(_root);
        return new Trainer(ModelRegistry.Create(Spec("model")), losses[0].Loss, optimizer)
        {
            Losses = _root.Find("loss") is JobList ? losses : [],
            Phases = phases,
            StepFunction = train.Find("step") is { } step ? StepFunction.From(Spec(step, "step")) : null,
            Inputs = _root.Texts("inputs"),
            RowWeight = _root.TextOrNull("rowWeight"),
            Rules = [.. (_root.Find("rules") as JobList)?.Items.Select(r => Rule((JobMap)r)) ?? []],
            Accumulate = train.Int("accumulate"),
            ClipValue = train.Number("clipValue"),
            EndWhen = Trigger(train, "endWhen"),
            ValidateWhen = Trigger(train, "validateWhen"),
            SummaryWhen = Trigger(train, "summaryWhen"),
            Schedule = Schedule.From(Spec("schedule")),
            Metrics = [.. _root.List("metrics").Select(Metric)],
            Epochs = train.Int("epochs"),
            BatchSize = train.Int("batchSize"),
            Shards = train.Int("shards"),
            Seed = (ulong)_root.Integer("seed"),
            Shuffle = train.Flag("shuffle"),
            ClipNorm = train.Number("clipNorm"),
            Validation = Optional("validation"),
            ValidationSplit = data.Number("split"),
            Test = Optional("test"),
            OnBadRow = BadRows(data.Map("onBadRow")),
            RowKey = data.Texts("rowKey"),
            Init = init is null ? null : new InitFrom(init.Text("from"), init.Flag("optimizer")),
            Fitted = init is not null && init.Flag("features")
                ? FittedFeatures.Parse(Encoding.UTF8.GetString(ModelDirectory.Open(store, init.Text("from")).Features), JobSpecs.FeatureTypes)
                : null,
            Gate = _root.TextOrNull("gate"),
            Threads = train.Int("threads"),
            Workers = train.Int("workers"),
            Prefetch = train.Flag("prefetch"),
            Checkpoints = new CheckpointPolicy
            {
                When = Trigger(checkpoint, "when"),
                EverySteps = checkpoint.Integer("everySteps"),
                EveryEpochs = checkpoint.Int("everyEpochs"),
                Keep = checkpoint.Int("keep"),
                KeepBest = checkpoint.Flag("keepBest"),
                Monitor = checkpoint.TextOrNull("monitor"),
            },
            Resume = resume,
            Begun = begun,
            SaveOptimizerState = train.Flag("saveOptimizer"),
            Name = _root.Text("name"),
            RunId = _runId ?? "run",
            Output = Output,
            Store = store,
            Engine = Place.Engine(),
            Progress = progress,
            ConfigurationText = _job.Yaml,
            Configuration = _job.Json,
            Fingerprint = _job.Fingerprint(),
        };
    }

    /// <summary>Makes what the job names, without touching a table: model, loss, optimizer, schedule, metrics and features, and the form of its sources.</summary>
    /// <exception cref="JobException">A source is not complete.</exception>
    /// <exception cref="SpecException">An option is not known or out of range.</exception>
    public static void CheckParts(JobFile job)
    {
        JobMap root = job.Root;
        _ = ModelRegistry.Create(Spec(root.Find("model")!, "model"));
        Optimizer optimizer = Optimizer.From(Spec(root.Find("optimizer")!, "optimizer"));
        _ = root.Has("loss") ? Losses(root) : [];
        _ = Schedule.From(Spec(root.Find("schedule")!, "schedule"));
        foreach (JobNode m in root.List("metrics"))
        {
            _ = Metric(m);
        }

        foreach (JobNode p in root.List("phases"))
        {
            _ = Phase((JobMap)p, optimizer);
        }

        foreach (JobNode f in root.List("features"))
        {
            _ = JobSpecs.Feature(JobJson.From(f)!);
        }

        JobMap data = root.Map("data");
        foreach (JobMap? source in (JobMap?[])[data.Map("train"), data.MapOrNull("validation"), data.MapOrNull("test")])
        {
            if (source is not null && !((string[])["path", "sql", "table"]).Any(source.Has))
            {
                throw new JobException($"[job] {source.Place}: a source has none of path, sql and table; it must have one of them");
            }
        }
    }

    /// <summary>A source section as the lake takes it.</summary>
    /// <exception cref="JobException">Neither path, sql nor table; more than one of them; or a path whose format cannot be told.</exception>
    public static TableSource Source(JobMap s)
    {
        string[] given = [.. ((string[])["path", "sql", "table"]).Where(s.Has)];
        if (given.Length != 1)
        {
            throw new JobException($"[job] {s.Place}: a source has {(given.Length == 0 ? "none of path, sql and table" : string.Join(" and ", given))}; it must have one of path, sql and table");
        }

        string format = s.TextOrNull("format") ?? (given[0] == "path" ? FormatOf(s.Texts("path")[0]) : given[0])
            ?? throw new JobException($"[job] {s.Place}: the format of '{s.Texts("path")[0]}' cannot be told from its name; add format: parquet, csv, json or idx");
        return new TableSource
        {
            Format = format,
            Paths = s.Texts("path"),
            Sql = JobSecrets.Fill(s.TextOrNull("sql")),
            Table = s.TextOrNull("table"),
            Columns = [.. s.MapOrNull("columns")?.Entries.Select(e => (e.Key, ((JobScalar)e.Value).Text)) ?? []],
            Options = s.MapOrNull("options")?.Entries.ToDictionary(e => e.Key, e => JobSecrets.Fill(((JobScalar)e.Value).Text)!) ?? [],
        };
    }

    /// <summary>The format that a path's ending tells; a folder is Parquet. Null when it tells nothing.</summary>
    public static string? FormatOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".parquet" => "parquet",
            ".csv" or ".tsv" => "csv",
            ".json" or ".jsonl" or ".ndjson" => "json",
            ".idx" => "idx",
            _ when name.EndsWith("-ubyte", StringComparison.Ordinal) => "idx",
            _ when Directory.Exists(path) => "parquet",
            _ => null,
        };
    }

    private LakeRows? Optional(string key) => _root.Map("data").MapOrNull(key) is { } source ? Rows(source) : null;

    private SeriesOptions? Series() => _root.Map("data").MapOrNull("series") is { } s ? SeriesOptions.Parse(JobJson.Object(s)) : null;

    /// <summary>Series features take the length of their windows from data.series.</summary>
    private IEnumerable<Feature> Features(SeriesOptions? series)
    {
        foreach (JobNode node in _root.List("features"))
        {
            JsonNode json = JobJson.From(node)!;
            if (series is not null && json is JsonObject o && o["type"]?.ToString() == "series" && !o.ContainsKey("steps"))
            {
                o["steps"] = series.Length;
            }

            yield return JobSpecs.Feature(json);
        }
    }

    /// <summary>A value label of a series is the column's horizon.</summary>
    private static Feature Label(JobMap label, SeriesOptions? series)
    {
        JsonObject options = JobJson.Object(label);
        bool value = label.Text("type") == "value";
        options["type"] = value ? "labelValue" : "labelIndex";
        if (value && series is { Horizon: > 0 })
        {
            options["name"] ??= label.Text("column");
            options["column"] = $"{label.Text("column")}.ahead";
            options["steps"] = series.Horizon;
        }

        return JobSpecs.Feature(options);
    }

    /// <summary>The label, then further targets.</summary>
    private IEnumerable<JobMap> Labels() => (_root.MapOrNull("label") is { } label ? [label] : Array.Empty<JobMap>()).Concat((_root.Find("targets") as JobList)?.Items.Cast<JobMap>() ?? []);

    private static LossTerm[] Losses(JobMap root) => root.Find("loss") is JobList list
        ? [.. list.Items.Cast<JobMap>().Select(LossOf)]
        : [new LossTerm(Loss.From(Spec(root.Find("loss")!, "loss")), "", "")];

    /// <summary>A target that is a plain number is one for all rows; a column of such a name is written in quotes.</summary>
    private static LossTerm LossOf(JobMap l)
    {
        double? value = l.Find("target") is JobScalar { Quoted: false } s && double.TryParse(s.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;
        return new LossTerm(Loss.From(Spec(l.Find("loss")!, "loss")), l.TextOrNull("output") ?? "", value is null ? l.TextOrNull("target") ?? "" : "", l.Number("weight"), l.TextOrNull("rowWeight")) { TargetValue = value };
    }

    private static PhasePlan Phase(JobMap p, Optimizer optimizer) => new()
    {
        Name = p.Text("name"),
        Losses = Losses(p),
        Trains = p.Texts("trains"),
        Optimizer = p.Find("optimizer") is { } o ? Optimizer.From(Spec(o, "optimizer")) : optimizer,
        Schedule = p.Find("schedule") is { } s ? Schedule.From(Spec(s, "schedule")) : null,
        Metrics = [.. p.List("metrics").Select(Metric)],
        Every = p.Int("every"),
    };

    /// <summary>A metric, alone or with what it judges.</summary>
    public static MetricTerm Metric(JobNode node) => node is JobMap m && m.Has("metric")
        ? new MetricTerm(Nn.Metric.From(Spec(m.Find("metric")!, "metrics")), m.TextOrNull("output") ?? "", m.TextOrNull("target") ?? "") { Name = m.TextOrNull("name") }
        : new MetricTerm(Nn.Metric.From(Spec(node, "metrics")));

    private static ParameterRule Rule(JobMap r) => new(r.Text("match"), r.Find("optimizer") is { } o ? Optimizer.From(Spec(o, "optimizer")) : null,
        r.Find("schedule") is { } s ? Schedule.From(Spec(s, "schedule")) : null, r.Number("rate"), r.Flag("frozen"));

    private static Trigger? Trigger(JobMap map, string key) => map.Find(key) is { } node ? Nn.Trigger.From(Spec(node, key)) : null;

    private Spec Spec(string key) => Spec(((JobMap)_root).Find(key)!, key);

    private static Spec Spec(JobNode node, string area) => SpecReader.ToSpec(JobJson.From(node), area);

    /// <summary>What happens to bad rows.</summary>
    public static BadRowPolicy BadRows(JobMap b) => b.Text("action") switch
    {
        "drop" => BadRowPolicy.Drop,
        "quarantine" => BadRowPolicy.Quarantine(b.Integer("max")),
        _ => BadRowPolicy.Fail,
    };
}
