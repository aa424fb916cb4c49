using System.Diagnostics;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Graphs;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;

namespace YarnDL.Training.Scoring;

/// <summary>Predictions for the rows of a table. They do not depend on batch size, threads or neighbours; their order is the order of the input.</summary>
public static class Scorer
{
    /// <summary>Scores a table and writes the predictions; nothing is visible before all are written.</summary>
    /// <exception cref="ModelFiles.ModelFileException">The model directory is refused.</exception>
    /// <exception cref="DataException">The table lacks a column, has no rows, or a row cannot be read.</exception>
    /// <exception cref="TrainingException">An output that the model does not have.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; nothing is written.</exception>
    public static ScoreResult Score(ScoreRequest request, ITrainingProgress progress, CancellationToken cancellation = default)
    {
        var clock = Stopwatch.StartNew();
        progress.Stage("reading the model");
        var model = ModelDirectory.Open(request.Store, request.ModelPath);
        FittedFeatures all = model.ReadFeatures(request.Registry);
        (Graph graph, List<PredictionColumn> columns) = PredictionColumns.Of(model.Model.Graph, Classes.Of(model, all), LabelUnits.Of(model, all), request.Outputs);
        FittedFeatures features = PredictionColumns.Needed(graph, model, all);
        if (request.Target.Paths.Count > 0 && request.Lake.Overlap(request.Source, request.Target.Paths[0]) is { } own)
        {
            throw new TrainingException(TrainingFault.Job, $"[score] the predictions would go to {request.Target.Paths[0]}, where the input {own} lies; they must not change what is scored; give another output");
        }

        ILake lake = features.List.Over(request.Lake);
        Schema source = lake.Describe(request.Source);
        Field[] kept = [.. request.Keep.Select(k => source.Fields[source.IndexOf(k)])];
        var target = new Schema([.. kept, .. columns.Select(c => c.Field)]);
        if (target.Fields.Select(f => f.Name).Distinct(StringComparer.OrdinalIgnoreCase).Count() < target.Fields.Count)
        {
            throw new TrainingException(TrainingFault.Job, $"[score] two columns of the predictions have one name: {string.Join(", ", target.Fields.Select(f => f.Name))}; keep other columns, or ask for other outputs");
        }

        if (request.OnBadRow.Kind == BadRowKind.Quarantine && request.BadRowsPath is null)
        {
            throw new TrainingException(TrainingFault.Job, "[score] bad rows are to be set aside, and no file for them is given; give one, or drop them");
        }

        string[] places = lake.HasPlaces(request.Source) ? ["_file", "_row"] : [];
        string[] read = [.. features.List.Columns.Concat(request.Keep).Concat(places).Distinct(StringComparer.OrdinalIgnoreCase)];
        var badRows = new ScoringBadRows(request.OnBadRow, features.List.Columns, request.Keep);
        using ComputePool? pool = request.Engine is null ? new ComputePool(request.Threads > 0 ? request.Threads : Environment.ProcessorCount) : null;
        var job = new ScoringJob
        {
            Setup = new ScoringSetup(request.Outputs, [.. kept.Select(k => k.Name)], Math.Max(1, request.BatchSize), request.OnBadRow.Kind),
            Model = model,
            Features = all,
            Lake = lake,
            Source = request.Source,
            Read = new ReadRequest(read, request.Filter),
            Target = request.Target,
            TargetSchema = target,
            Mode = request.Mode,
            Pool = pool ?? request.Engine!.Pool,
            Cancel = cancellation,
        };
        using IScoring scoring = request.Engine?.Scoring(job, () => ModelBytes.Of(request.Store, model), progress) ?? new LocalScoring(job);
        progress.Stage("scoring");
        long seen = 0, scored = 0;
        scoring.Score(part =>
        {
            cancellation.ThrowIfCancellationRequested();
            badRows.Add(part.Dropped, part.Bad);
            seen += part.Read;
            scored += part.Scored;
            progress.Rows(seen, null);
        });

        long filtered = lake.CountFiltered(request.Source, request.Filter);
        if (seen == 0)
        {
            throw new DataException(DataFault.Empty, filtered > 0
                ? $"[score] no row is left to score: the filter leaves out all {filtered} rows of the source; correct the filter"
                : "[score] there is no input row; look at the path");
        }

        var ledger = new ScoreLedger(seen + filtered, scored, badRows.Quarantined, badRows.Dropped, filtered);
        if (!ledger.Balances)
        {
            throw new InvalidOperationException($"[score] the ledger does not balance: {ledger}");
        }

        scoring.Commit();
        if (request.BadRowsPath is { } path)
        {
            badRows.Write(request.Store, path);
        }

        return new ScoreResult(ledger, clock.Elapsed.TotalSeconds, badRows.Quarantined > 0 ? request.BadRowsPath : null);
    }
}
