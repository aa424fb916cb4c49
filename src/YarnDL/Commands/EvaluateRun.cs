using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Jobs;
using YarnDL.Outcomes;
using YarnDL.Progress;
using YarnDL.Reports;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl evaluate</c>.</summary>
internal static class EvaluateRun
{
    public static Outcome Run(CommandSession session, EvaluateRequest request)
    {
        if (request.Output is { } o)
        {
            session.OutcomeFile = Path.Combine(Place.Full(o), "outcome.json");
        }

        JobBinding? binding = request.Job is null ? null : new JobBinding(JobFile.Load(request.Job, request.Settings), request.RunId);
        if (binding is null && request.Settings.Count > 0)
        {
            throw new JobException("[arguments] --set changes a job file; name one, or use --model, --input and --filter");
        }

        string model = request.Model ?? (binding is null ? null : Path.Combine(binding.Output, "model"))
            ?? throw new JobException("[arguments] no model is given; add --model FOLDER, or a job file whose output holds one");
        LakeRows rows = Rows(binding, request);
        using IEngine engine = Place.Engine(request.Workers, request.Threads);
        EvaluationResult result = ProgressDisplay.Run(session, p => Evaluator.Evaluate(new EvaluationRequest
        {
            Store = Place.Files,
            ModelPath = model,
            Lake = rows.Lake,
            Source = rows.Source,
            Filter = rows.Filter,
            Engine = engine,
            Staging = Place.Spark is { } spark ? $"/tmp/yarndl-{spark.Application().Id}-evaluation" : null,
            Registry = JobSpecs.FeatureTypes,
        }, p, session.Cancellation));

        session.Say(string.Create(CultureInfo.InvariantCulture, $"model {model} on {result.Rows:#,0} rows"));
        foreach ((string name, double value) in result.Values.OrderBy(v => v.Key, StringComparer.Ordinal))
        {
            session.Say($"  {name,-16} {LineChart.Short(value)}");
        }

        if (result.Confusion is { Length: <= 20 } matrix)
        {
            Confusion(session, result.Classes, matrix);
        }

        JsonObject fields = new() { ["model"] = model, ["rows"] = result.Rows, ["metrics"] = RunFacts.Values(result.Values) };
        if (request.Output is { } output)
        {
            RunFolder folder = new(Place.Files, Place.Full(output));
            folder.Write(folder.Evaluation, RunFacts.Evaluation(result, "given"));
            fields["output"] = folder.Path;
        }

        return session.Done(fields);
    }

    private static LakeRows Rows(JobBinding? binding, EvaluateRequest request)
    {
        if (request.Input.Count > 0)
        {
            JobPlace place = new("--input");
            JobList paths = new(place, [.. request.Input.Select(i => new JobScalar(place, i, true))]);
            List<JobEntry> entries = [new JobEntry("path", place, paths)];
            if (CommonOptions.Columns(request.Columns) is { } columns)
            {
                entries.Add(new JobEntry("columns", columns.Place, columns));
            }

            JobMap source = JobFile.Check(JobSchema.Source, new JobMap(place, entries));
            return new LakeRows(binding?.Lake ?? Place.Lake(), JobBinding.Source(source), request.Filter);
        }

        LakeRows rows = binding is null
            ? throw new JobException("[arguments] no rows are given; add --input PATH, or a job file with data.test or data.validation")
            : binding.Measured() ?? throw new JobException($"[job] {request.Job}: it has neither data.test nor data.validation (rows held out by split are measured while training); add one, or --input PATH");
        return request.Filter is { } f ? rows.Where(f) : rows;
    }

    private static void Confusion(CommandSession session, IReadOnlyList<string> classes, long[][] matrix)
    {
        string Name(int i) => i < classes.Count ? classes[i] : i.ToString(CultureInfo.InvariantCulture);
        int width = Math.Max(6, Enumerable.Range(0, matrix.Length).Max(i => Name(i).Length) + 1);
        session.Say("confusion matrix, rows truth, columns prediction:");
        session.Say("  " + "".PadLeft(width) + string.Concat(Enumerable.Range(0, matrix.Length).Select(i => Name(i).PadLeft(width))));
        for (int t = 0; t < matrix.Length; t++)
        {
            session.Say("  " + Name(t).PadLeft(width) + string.Concat(matrix[t].Select(v => v.ToString(CultureInfo.InvariantCulture).PadLeft(width))));
        }
    }
}
