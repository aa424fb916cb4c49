using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Scoring;

/// <summary>Judges a model directory on rows: its losses and metrics, and for a classifier the confusion matrix.</summary>
public static class Evaluator
{
    private const int MostClasses = 1000;

    /// <summary>The matrix that is measured beside what was asked for: no name of a metric.</summary>
    private const string Confusion = "";

    /// <summary>Of a table's rows; with <see cref="Plan"/> a part of how sums are cut.</summary>
    private const int Shards = 16;

    /// <exception cref="ModelFiles.ModelFileException">The model directory is refused.</exception>
    /// <exception cref="DataException">Blocks or table are missing or damaged, have no rows, or a row cannot be read.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static EvaluationResult Evaluate(EvaluationRequest request, ITrainingProgress progress, CancellationToken cancellation = default)
    {
        progress.Stage("reading the model");
        var model = ModelDirectory.Open(request.Store, request.ModelPath);
        FittedFeatures features = model.ReadFeatures(request.Registry);
        Classes? classes = Classes.Of(model, features);
        IEngine engine = request.Engine ?? new LocalEngine(request.Threads);
        IFileStore store = request.Blocks is null && request.Staging is null ? new LocalFileStore() : request.Store;
        string staging = request.Staging ?? Path.Combine(Path.GetTempPath(), "yarndl-" + Path.GetRandomFileName());
        try
        {
            long dropped = 0;
            string? folder = request.Blocks;
            if (folder is null)
            {
                EncodeResult encoded = Encode(request, store, staging, features, engine, progress, cancellation);
                (folder, dropped) = (encoded.TrainedFolder, encoded.Ledger.Dropped);
            }

            progress.Stage("evaluating");
            using var rows = new BlockRows(store, folder, engine.ReadsAhead);
            if (rows.Rows == 0)
            {
                throw Empty(null);
            }

            StepPlan plan = Plan(model, classes, rows, Math.Max(1, request.BatchSize));
            engine.Open(new EngineSession { Run = "evaluation", Attempt = 0, Plan = plan, Rows = rows, Progress = progress });
            Measures sum = engine.Evaluate(0, 0, heldOut: false, model.Model.Parameters, model.Model.Buffers);
            engine.Close();
            return Result(model, classes, plan.Phases[0], sum) with { Dropped = dropped };
        }
        finally
        {
            if (request.Blocks is null)
            {
                store.Delete(staging);
            }

            if (request.Engine is null)
            {
                engine.Dispose();
            }
        }
    }

    /// <summary>The rows of a table as blocks: so the values depend neither on their order nor on who measures.</summary>
    private static EncodeResult Encode(EvaluationRequest request, IFileStore store, string staging, FittedFeatures features, IEngine engine, ITrainingProgress progress, CancellationToken cancellation)
    {
        if (request.Lake is not { } given || request.Source is not { } source)
        {
            throw new TrainingException(TrainingFault.Job, "[evaluate] neither blocks nor a lake with a source are given; give one");
        }

        progress.Stage("encoding rows");
        ILake lake = features.List.Over(given);
        string[] places = lake.HasPlaces(source) ? ["_file", "_row"] : [];
        var read = new ReadRequest([.. features.List.Columns.Concat(places).Distinct(StringComparer.OrdinalIgnoreCase)], request.Filter);
        try
        {
            return Encoder.Run(new EncodeJob
            {
                Features = features.List,
                Fitted = features,
                Rows = () => lake.Read(source, read),
                Table = ReferenceEquals(lake, given) ? (source, read) : null,
                OnBadRow = request.DropBadRows ? BadRowPolicy.Drop : BadRowPolicy.Fail,
                Shards = Shards,
                Store = store,
                Folder = staging,
                Pool = engine.Pool,
                Stages = engine.Encoding(progress),
                Progress = p => progress.Rows(p.Rows, null),
                Cancel = cancellation,
            });
        }
        catch (DataException e) when (e.Fault == DataFault.Empty)
        {
            throw Empty(e);
        }
    }

    private static DataException Empty(Exception? inner) => new(DataFault.Empty, "[evaluate] there is no row to judge the model by; look at the path, the filter and bad rows", inner);

    private static StepPlan Plan(ModelDirectory model, Classes? classes, IRowSource rows, int batch)
    {
        var metrics = new List<MetricTerm>(model.Metrics);
        if (classes is { Count: <= MostClasses })
        {
            metrics.Add(new MetricTerm(new ConfusionMatrix(classes.Count), classes.Output.Name, classes.Target) { Name = Confusion });
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

        values.Remove(Confusion);
        double[] counts = sum.Metrics[^1].Sums;
        long[][] confusion = [.. Enumerable.Range(0, classes.Count).Select(t => Array.ConvertAll(counts[(t * classes.Count)..((t + 1) * classes.Count)], c => (long)c))];
        return new EvaluationResult(sum.Rows, values, classes.Names, confusion);
    }
}
