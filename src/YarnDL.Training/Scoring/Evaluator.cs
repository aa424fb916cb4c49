using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Scoring;

/// <summary>Judges a model directory on rows: its losses and metrics, and for a classifier the confusion matrix.</summary>
public static class Evaluator
{
    private const int MostClasses = 1000;

    /// <exception cref="ModelFiles.ModelFileException">The model directory is refused.</exception>
    /// <exception cref="DataException">Blocks or table are missing or damaged, have no rows, or a row cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EvaluationResult Evaluate(EvaluationRequest request, ITrainingProgress progress, CancellationToken cancellation = default)
    {
        progress.Stage("reading the model");
        var model = ModelDirectory.Open(request.Store, request.ModelPath);
        FittedFeatures features = model.ReadFeatures();
        Classes? classes = Classes.Of(model, features);
        using var pool = new ComputePool(request.Threads > 0 ? request.Threads : Environment.ProcessorCount);
        var badRows = new ScoringBadRows(request.DropBadRows ? BadRowPolicy.Drop : BadRowPolicy.Fail, features.List.Columns, []);
        using IRowSource rows = request.Blocks is { } folder ? new BlockRows(request.Store, folder)
            : new TableRows(features, Math.Max(1, request.BatchSize), pool, badRows);
        StepPlan plan = Plan(model, classes, rows, Math.Max(1, request.BatchSize));
        using var worker = new ShardWorker(plan, rows, null, pool, prefetch: false);
        progress.Stage("evaluating");
        var sum = new Measures(plan.Phases[0].Losses.Count, plan.Phases[0].Metrics.Count);
        if (rows is TableRows table)
        {
            Read(request, table, features, progress, cancellation, () => sum.Add(Measure(worker, plan, rows, model.Model)));
        }
        else
        {
            sum.Add(Measure(worker, plan, rows, model.Model));
        }

        if (sum.Rows == 0)
        {
            throw new DataException(DataFault.Empty, "[evaluate] there is no row to judge the model by; look at the path, the filter and bad rows");
        }

        return Result(model, classes, plan.Phases[0], sum) with { Dropped = badRows.Dropped };
    }

    private static void Read(EvaluationRequest request, TableRows table, FittedFeatures features, ITrainingProgress progress, CancellationToken cancellation, Action measure)
    {
        if (request.Lake is null || request.Source is null)
        {
            throw new TrainingException(TrainingFault.Job, "[evaluate] neither blocks nor a lake with a source are given; give one");
        }

        long seen = 0;
        int size = Math.Max(1, request.BatchSize);
        ILake lake = features.List.Over(request.Lake);
        string[] places = lake.HasPlaces(request.Source) ? ["_file", "_row"] : [];
        foreach (ColumnBatch batch in lake.Read(request.Source, new ReadRequest([.. features.List.Columns.Concat(places).Distinct(StringComparer.OrdinalIgnoreCase)], request.Filter)))
        {
            for (int from = 0; from < batch.Rows; from += size)
            {
                cancellation.ThrowIfCancellationRequested();
                table.Encode(batch, from, Math.Min(batch.Rows, from + size));
                measure();
            }

            seen += batch.Rows;
            progress.Rows(seen, null);
        }
    }

    private static Measures Measure(ShardWorker worker, StepPlan plan, IRowSource rows, Model model) => EvaluationPart.Fold(rows.Shards, rows.StepsPerEpoch(plan.Batch),
        worker.Evaluate(new ShardRange(0, rows.Shards), heldOut: false, 0, model.Parameters, model.Buffers), plan.Phases[0]);

    private static StepPlan Plan(ModelDirectory model, Classes? classes, IRowSource rows, int batch)
    {
        var metrics = new List<Metric>(model.Metrics);
        if (classes is { Count: <= MostClasses })
        {
            metrics.Add(new ConfusionMatrix(classes.Count));
        }

        return TrainingGraph.BuildEvaluation(new TrainingPlan
        {
            Model = model.Model,
            Inputs = model.Inputs,
            Losses = model.Losses,
            Optimizer = new Sgd(0),
            Schedule = new ConstantSchedule(),
            Metrics = metrics,
            Epochs = 1,
            BatchSize = (batch + rows.Shards - 1) / rows.Shards * rows.Shards,
            Shuffle = false,
        }, rows.Columns, rows.Shards);
    }

    private static EvaluationResult Result(ModelDirectory model, Classes? classes, Phase phase, Measures sum)
    {
        SortedDictionary<string, double> values = sum.Values(phase);
        if (classes is not { Count: <= MostClasses })
        {
            return new EvaluationResult(sum.Rows, values, [], null);
        }

        if (!model.Metrics.Any(m => m is ConfusionMatrix))
        {
            values.Remove(phase.Metrics[^1].Name);
        }

        double[] counts = sum.Metrics[^1].Sums;
        long[][] confusion = [.. Enumerable.Range(0, classes.Count).Select(t => Array.ConvertAll(counts[(t * classes.Count)..((t + 1) * classes.Count)], c => (long)c))];
        return new EvaluationResult(sum.Rows, values, classes.Names, confusion);
    }
}
