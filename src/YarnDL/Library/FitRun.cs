using System.Diagnostics;
using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Data.Series;
using YarnDL.Nn;
using YarnDL.Progress;
using YarnDL.Reports;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Scoring;
using YarnDL.Training.Steps;

namespace YarnDL;

/// <summary>One training from rows to report.</summary>
internal sealed class FitRun
{
    private readonly Trainer _trainer;
    private readonly SelectedRows _rows;
    private readonly CancellationToken _cancellation;
    private readonly ITrainingProgress _progress;
    private readonly RunFolder _folder;
    private readonly Feature? _label;
    private SeriesLedger? _sourceRows;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public FitRun(Trainer trainer, SelectedRows rows, CancellationToken cancellation)
    {
        (_trainer, _rows, _cancellation) = (trainer, rows, cancellation);
        _progress = trainer.Progress ?? new SilentProgress();
        string output = trainer.Output ?? Path.Combine(Path.GetTempPath(), "yarndl-" + Path.GetRandomFileName());
        _folder = new RunFolder(trainer.Store, trainer.Store is LocalFileStore ? Path.GetFullPath(output) : output);
        _label = rows.Features.All.FirstOrDefault(f => f.IsLabel);
        if (rows.Features.PerEpoch is [{ } random, ..])
        {
            throw new DataException(DataFault.Job, $"[features] '{random.Name}' ({random.Spec.Type}) differs from epoch to epoch; training reads rows that are encoded once, the same in every epoch; use a feature without chance, or put the chance into the model as a layer, such as a dropout");
        }

        int labels = rows.Features.All.Count(f => f.IsLabel);
        if (labels == rows.Features.All.Length || (_label is null && (trainer.Losses.Concat(trainer.Phases.SelectMany(p => p.Losses)).Any(l => l.TargetColumn.Length == 0 && l.TargetValue is null) || trainer.Losses.Count + trainer.Phases.Count == 0)))
        {
            throw new DataException(DataFault.Job, $"[features] {labels} labels among {rows.Features.All.Length} features; a training needs a feature and a label, such as Label.Index(\"digit\"), or losses that name their targets");
        }
    }

    public FitResult Run()
    {
        IFileStore store = _trainer.Store;
        bool isNew = store.Stat(_folder.Path) is null;
        FolderLock? taken = null;
        bool ours = false;
        try
        {
            MakeFolder();
            taken = store is LocalFileStore ? FolderLock.Take(_folder.Path) : null;
            if (taken?.LeftBy is { } before)
            {
                _progress.Notice($"[output] {before}, did not end in order; its folder is taken over");
            }

            if (FinishedBefore() is { } done)
            {
                return done;
            }

            ours = true;
            CheckSources();
            CheckPlan();
            if (!_trainer.Resume)
            {
                store.Delete(_folder.Blocks);
            }

            _trainer.Begun?.Invoke();
            using IEngine engine = _trainer.Engine ?? (_trainer.Workers > 0
                ? new ProcessEngine(new ProcessEngineOptions { Workers = _trainer.Workers, ThreadsPerWorker = _trainer.Threads, Prefetch = _trainer.Prefetch })
                : new LocalEngine(_trainer.Threads, _trainer.Prefetch));
            EncodeResult encoded = Encode(engine);
            return Train(encoded, engine);
        }
        catch
        {
            if (ours)
            {
                Tidy();
            }

            throw;
        }
        finally
        {
            taken?.Dispose();
            if (isNew)
            {
                DeleteEmptyFolder();
            }
        }
    }

    private void MakeFolder()
    {
        try
        {
            _trainer.Store.MakeFolders(_folder.Path);
        }
        catch (FileStoreException e) when (e.Fault == FileStoreFault.Missing)
        {
            throw new FileStoreException(FileStoreFault.Denied, $"[output] {_folder.Path} cannot be made: {e.Message}", e);
        }
        catch (FileStoreException e) when (e.Fault == FileStoreFault.Exists)
        {
            throw new FileStoreException(FileStoreFault.Denied, $"[output] {_folder.Path} cannot be made a folder, a file stands in the way: {e.Message}", e);
        }
    }

    /// <summary>The result of the same job when its run is complete; refuses to go over another model.</summary>
    private FitResult? FinishedBefore()
    {
        if (_trainer.Store.Stat(_folder.Model) is null)
        {
            return null;
        }

        JsonObject? facts = _folder.ReadJson(_folder.Facts);
        if (facts is null)
        {
            // Killed between the model and its report, or not ours: the trainer compares the plans and goes on or refuses.
            return null;
        }

        bool same = _trainer.Fingerprint is { } f && facts["fingerprint"]?.ToString() == f && facts["runId"]?.ToString() == _trainer.RunId;
        if (same && facts["outcome"]?.ToString() == "done" && RunFacts.Ledger(facts["ledger"] as JsonObject) is { } ledger)
        {
            // What is said to be done must be there and whole; what a full disk left out is made up for.
            ModelDirectory.Open(_trainer.Store, _folder.Model);
            if (_trainer.Store.Stat(_folder.Report) is null)
            {
                _folder.Write(_folder.Report, ReportPage.Make(_folder));
            }

            _trainer.Store.Delete(_folder.Blocks);
            TrainingResult result = new()
            {
                Outcome = TrainingOutcome.AlreadyDone,
                Message = $"the model of this job is there already: {_folder.Model}; give another output or --run-id to train it again",
                ModelPath = _folder.Model,
                MetricsPath = _folder.Metrics,
                Epochs = [],
                Steps = 0,
                DataHash = facts["dataHash"]!.ToString(),
                Ledger = ledger,
            };
            return new(result, _folder.Path, _folder.Report, ledger, null, null);
        }

        return _trainer.Resume ? null
            : throw new FileStoreException(FileStoreFault.Exists, $"[output] {_folder.Model} holds the model of another job or run; give another output, a --run-id, or delete it");
    }

    /// <summary>Features of an earlier model must be this job's; columns of all sources are looked up before anything is written.</summary>
    private void CheckSources()
    {
        static string Text(FeatureList list) => string.Join("; ", list.All.Select(f => $"{f.Spec.Type} {f.Spec.Options.ToJsonString()}"));
        if (_trainer.Fitted is { } fitted && Text(fitted.List) != Text(_rows.Features))
        {
            throw new DataException(DataFault.Job, $"[init] the earlier model has the features {Text(fitted.List)}, this job has {Text(_rows.Features)}; make them equal, or do not take the fitted features");
        }

        // A resumed run reads its encoded rows: their table may be gone.
        bool encoded = _trainer.Resume && _trainer.Store.Stat($"{_folder.Blocks}/staging.json") is not null;
        foreach (LakeRows? rows in (LakeRows?[])[_rows.Rows, _trainer.Validation, _trainer.Test])
        {
            if (rows is not null && (rows == _trainer.Test || !encoded))
            {
                if (rows.Source.Paths.FirstOrDefault(p => Directory.Exists(p) && (_folder.Path + "/").StartsWith(Path.GetFullPath(p).TrimEnd('/') + "/", StringComparison.Ordinal)) is { } around)
                {
                    throw new DataException(DataFault.Job, $"[output] {_folder.Path} lies in {around}, which is read as a table; the run's files would be taken for rows; give an output elsewhere");
                }

                Schema schema = _rows.Features.Over(rows.Lake).Describe(rows.Source);
                foreach (string column in _rows.Features.Columns.Concat(rows == _rows.Rows ? _trainer.RowKey : []))
                {
                    schema.IndexOf(column);
                }
            }
        }
    }

    /// <summary>What is wrong with network, losses or settings is told before the rows are encoded, where the features know their shapes without having seen them.</summary>
    private void CheckPlan()
    {
        EncodedColumn[] columns = [.. _rows.Features.All.Select(Unfitted).OfType<EncodedColumn>()];
        if (columns.Length < _rows.Features.All.Length)
        {
            return;
        }

        // How many numbers an embedding takes is not known yet: two do for shapes.
        InputSpec[] inputs = [.. Seen().Select(f => (f, c: columns.First(c => c.Name == f.Name))).Select(x => new InputSpec(x.c.Name, x.c.DType, x.c.PerRow!.Value, x.c.DType == DType.Int64 ? 2 : null))];
        Model sketch = Built(inputs, weights: false);
        CheckClasses(null, sketch);
        Training.Trainer.Check(Plan(sketch, null), columns, _trainer.Gate, _trainer.Checkpoints.Monitor, _trainer.Validation is not null || _trainer.ValidationSplit > 0);
    }

    /// <summary>What a feature makes; null where that depends on the rows.</summary>
    private static EncodedColumn? Unfitted(Feature f)
    {
        try
        {
            return f.Encoded(null) is { PerRow: not null } c ? c : null;
        }
        catch (Exception e) when (e is DataException or NullReferenceException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private EncodeResult Encode(IEngine engine)
    {
        _progress.Stage("encoding rows");
        ILake lake = _rows.Features.Over(_rows.Rows.Lake);
        ILake? validationLake = _trainer.Validation is { } other ? _rows.Features.Over(other.Lake) : null;
        EncodeResult encoded = Encoder.Run(new EncodeJob
        {
            Features = _rows.Features,
            Rows = Reader(_rows.Rows, lake),
            HeldOutRows = _trainer.Validation is { } v ? Reader(v, validationLake!) : null,
            HeldOutFraction = _trainer.Validation is null ? _trainer.ValidationSplit : 0,
            // A resumed run reads what was encoded, never the live table; a new one has deleted it.
            Inputs = _trainer.Fingerprint ?? "library",
            FilteredBySource = () => lake.CountFiltered(_rows.Rows.Source, _rows.Rows.Filter) + (_trainer.Validation is { } v ? validationLake!.CountFiltered(v.Source, v.Filter) : 0),
            RowKey = _trainer.RowKey,
            OnBadRow = _trainer.OnBadRow,
            Shards = ShardRule.Shards(_trainer.BatchSize, _trainer.Shards),
            Store = _trainer.Store,
            Folder = _folder.Blocks,
            Fitted = _trainer.Fitted,
            Registry = Jobs.JobSpecs.FeatureTypes,
            Pool = engine.Pool,
            Stages = engine.Encoding(_progress),
            // Windows are cut here, where the order of all rows is known; other rows may be read where the encoding is done.
            Table = lake is SeriesLake ? null : Table(_rows.Rows, lake),
            HeldOutTable = lake is not SeriesLake && _trainer.Validation is { } held ? Table(held, validationLake!) : null,
            Progress = p => _progress.Rows(p.Rows, null),
            Cancel = _cancellation,
        });
        if (lake is SeriesLake { Ledger: { } source })
        {
            _sourceRows = validationLake is SeriesLake { Ledger: { } more } ? source.Plus(more) : source;
        }

        return encoded;
    }

    private Func<IEnumerable<ColumnBatch>> Reader(LakeRows rows, ILake lake) => () => lake.Read(rows.Source, Table(rows, lake).Request);

    private (TableSource Source, ReadRequest Request) Table(LakeRows rows, ILake lake)
    {
        // Where the source has an order, bad rows are told by file and row.
        string[] places = lake.HasPlaces(rows.Source) ? ["_file", "_row"] : [];
        string[] columns = [.. _rows.Features.Columns.Concat(_trainer.RowKey).Concat(places).Distinct(StringComparer.OrdinalIgnoreCase)];
        return (rows.Source, new ReadRequest(columns, rows.Filter));
    }

    private FitResult Train(EncodeResult encoded, IEngine engine)
    {
        Model model = Build(encoded.Features);
        // What an earlier run left stays until this one is known to begin; its checkpoints go with the first step.
        foreach (string old in _trainer.Resume ? (string[])[] : [_folder.Facts, _folder.Evaluation, _folder.BadRows, _folder.Report, _folder.Outcome])
        {
            _trainer.Store.Delete(old);
        }

        string? badRows = KeepBadRows(encoded);
        _cancellation.ThrowIfCancellationRequested();
        bool heldOut = encoded.Ledger.HeldOut > 0;
        TrainingPlan plan = Plan(model, encoded.Features);
        TrainingResult result = Training.Trainer.FitAsync(plan, new TrainingRun
        {
            Store = _trainer.Store,
            TrainBlocks = encoded.TrainedFolder,
            HeldOutBlocks = heldOut ? encoded.HeldOutFolder : null,
            Output = _folder.Path,
            ModelPath = _folder.Model,
            Engine = engine,
            Checkpoints = _trainer.Checkpoints,
            SummaryWhen = _trainer.SummaryWhen,
            Resume = _trainer.Resume,
            RunId = _trainer.RunId,
            Ledger = encoded.Ledger,
            Features = System.Text.Encoding.UTF8.GetBytes(encoded.Features.ToJson()),
            Gate = _trainer.Gate,
            Init = _trainer.Init,
            SaveOptimizerState = _trainer.SaveOptimizerState,
            Configuration = _trainer.Configuration,
        }, _progress, _cancellation).GetAwaiter().GetResult();

        EvaluationResult? evaluation = result.Outcome == TrainingOutcome.Cancelled ? null : Evaluate(encoded, result, heldOut, engine);
        RunFacts.Write(_folder, _trainer, encoded, result, model, engine.Description, _clock.Elapsed, _sourceRows);
        string page = ReportPage.Make(_folder);
        _folder.Write(_folder.Report, page);
        if (result.Outcome != TrainingOutcome.Cancelled)
        {
            _trainer.Store.Delete(_folder.Blocks);
        }

        return new(result, _folder.Path, _folder.Report, encoded.Ledger, evaluation, badRows) { SourceRows = _sourceRows };
    }

    private TrainingPlan Plan(Model model, FittedFeatures? fitted)
    {
        LossTerm[] losses = [.. Named(model, _trainer.Losses.Count > 0 || _trainer.Phases.Count > 0 ? _trainer.Losses : [new LossTerm(_trainer.Loss, "", "")])];
        return new()
        {
            Model = model,
            Inputs = model.Graph.Inputs.ToDictionary(v => v.Name, v => v.Name),
            Losses = losses,
            Phases = [.. _trainer.Phases.Select(p => Named(model, p, fitted))],
            Rules = _trainer.Rules,
            StepFunction = _trainer.StepFunction,
            Accumulate = _trainer.Accumulate,
            EndWhen = _trainer.EndWhen,
            ValidateWhen = _trainer.ValidateWhen,
            ClipValue = _trainer.ClipValue,
            Optimizer = _trainer.Optimizer,
            Schedule = _trainer.Schedule,
            Metrics = [.. _trainer.Metrics.Select(m => InLabelUnits(m, losses, fitted))],
            Epochs = _trainer.Epochs,
            BatchSize = _trainer.BatchSize,
            Shards = _trainer.Shards,
            Seed = _trainer.Seed,
            Shuffle = _trainer.Shuffle,
            ClipNorm = _trainer.ClipNorm,
        };
    }

    private PhasePlan Named(Model model, PhasePlan phase, FittedFeatures? fitted)
    {
        LossTerm[] losses = [.. Named(model, phase.Losses)];
        return phase with { Losses = losses, Metrics = [.. phase.Metrics.Select(m => InLabelUnits(m, losses, fitted))] };
    }

    private Model Build(FittedFeatures fitted)
    {
        List<InputSpec> inputs = [];
        foreach (Feature f in Seen())
        {
            int i = fitted.List.All.IndexOf(f);
            i = i < 0 ? fitted.List.All.IndexOf(fitted.List.All.First(x => x.Name == f.Name)) : i;
            EncodedColumn c = f.Encoded(fitted.StateOf(i));
            inputs.Add(new InputSpec(c.Name, c.DType, c.PerRow ?? throw new DataException(DataFault.Job, $"[features] {c.Name} has no fixed shape per row; resize it"), f.EntriesOf(fitted.StateOf(i))));
        }

        Model model = Built(inputs, weights: true);
        CheckClasses(fitted, model);
        return model;
    }

    /// <summary>The features that the network sees.</summary>
    private Feature[] Seen()
    {
        if (_trainer.Inputs.Count == 0)
        {
            string?[] weights = [_trainer.RowWeight, .. _trainer.Losses.Concat(_trainer.Phases.SelectMany(p => p.Losses)).Select(l => l.RowWeightColumn)];
            return [.. _rows.Features.All.Where(f => !f.IsLabel && !weights.Contains(f.Name))];
        }

        return [.. _trainer.Inputs.Select(n => _rows.Features.All.FirstOrDefault(f => f.Name == n)
            ?? throw new DataException(DataFault.Job, $"[inputs] there is no feature {n}; the features are {string.Join(", ", _rows.Features.All.Select(f => f.Name))}; name one of these"))];
    }

    /// <summary>Losses with the names that were left out.</summary>
    private IEnumerable<LossTerm> Named(Model model, IReadOnlyList<LossTerm> losses) => losses.Select(l => l with
    {
        Output = l.Output.Length > 0 ? l.Output : model.Graph.Outputs[0].Name,
        TargetColumn = l.TargetColumn.Length > 0 || l.TargetValue is not null ? l.TargetColumn : _label!.Name,
        RowWeightColumn = l.RowWeightColumn ?? _trainer.RowWeight,
    });

    /// <summary>A metric that asks for the label's units gets the factor that undoes the scale of what it judges against.</summary>
    private static MetricTerm InLabelUnits(MetricTerm metric, IReadOnlyList<LossTerm> losses, FittedFeatures? fitted)
    {
        string? target = metric.TargetColumn.Length > 0 ? metric.TargetColumn
            : (losses.FirstOrDefault(l => l.TargetValue is null && (metric.Output.Length == 0 || l.Output == metric.Output)))?.TargetColumn;
        for (int i = 0; i < (fitted?.List.All.Length ?? 0); i++)
        {
            if (fitted!.List.All[i] is LabelValueFeature label && label.Name == target)
            {
                return metric with { Metric = metric.Metric.InUnits(label.Unit(fitted.StateOf(i))) };
            }
        }

        return metric with { Metric = metric.Metric.InUnits(1) };
    }

    private Model Built(IReadOnlyList<InputSpec> inputs, bool weights)
    {
        try
        {
            return !weights ? Model.Sketch(_trainer.Network, inputs) : _trainer.Network is Functional functional ? Model.Build(functional, _trainer.Seed) : Model.Build(_trainer.Network, inputs, _trainer.Seed);
        }
        catch (Exception e) when (e is ArgumentException or OverflowException)
        {
            throw new DataException(DataFault.Job, $"[model] {e.Message}; the sizes of its layers must be positive and within memory; correct them", e);
        }
    }

    /// <summary>Labels beyond the model's outputs are told before a step runs.</summary>
    private void CheckClasses(FittedFeatures? fitted, Model model)
    {
        if (_label is null || _trainer.Losses.Count > 0 || _trainer.Phases.Count > 0)
        {
            return;
        }

        int at = 0;
        FeatureList features = fitted?.List ?? _rows.Features;
        while (!features.All[at].IsLabel)
        {
            at++;
        }

        if (features.All[at] is LabelIndexFeature index && _trainer.Loss is CrossEntropy && model.Graph.Outputs[0].Shape is { Rank: >= 2 } shape && shape[1].IsFixed)
        {
            if (shape.Rank > 2)
            {
                throw new DataException(DataFault.Job, $"[model] the output is {shape}, the label '{index.Columns[0]}' is one class per row; it must be (N, classes); add a Flatten() before the last layer");
            }

            long classes = fitted is null ? index.Classes ?? 0 : index.ClassesOf(fitted.StateOf(at));
            if (classes > shape[1].Factor)
            {
                throw new DataException(DataFault.Input, $"[label] column '{index.Columns[0]}' has labels up to {classes - 1}, the model has {shape[1].Factor} outputs (0 to {shape[1].Factor - 1}); give the model {classes} outputs or correct the labels");
            }
        }
    }

    private EvaluationResult? Evaluate(EncodeResult encoded, TrainingResult result, bool heldOut, IEngine engine)
    {
        if ((_trainer.Test is null && !heldOut) || result.ModelPath is null)
        {
            return null;
        }

        _progress.Stage("measuring the model");
        EvaluationRequest request = new() { Store = _trainer.Store, ModelPath = result.ModelPath, Engine = engine, Staging = $"{_folder.Blocks}-measured", Registry = Jobs.JobSpecs.FeatureTypes, DropBadRows = _trainer.OnBadRow.Kind != BadRowKind.Fail };
        EvaluationResult measured = Evaluator.Evaluate(_trainer.Test is { } test
            ? request with { Lake = test.Lake, Source = test.Source, Filter = test.Filter }
            : request with { Blocks = encoded.HeldOutFolder }, _progress, _cancellation);
        if (_trainer.Test is null && measured.Rows != encoded.Ledger.HeldOut)
        {
            throw new InvalidOperationException($"[ledger] the evaluation saw {measured.Rows} rows, {encoded.Ledger.HeldOut} are held out; every row must be seen once");
        }

        _folder.Write(_folder.Evaluation, RunFacts.Evaluation(measured, _trainer.Test is null ? "validation" : "test"));
        return measured;
    }

    private string? KeepBadRows(EncodeResult encoded)
    {
        if (encoded.Quarantine is not { } file || _trainer.Store.Stat(file) is null)
        {
            return _trainer.Store.Stat(_folder.BadRows) is null ? null : _folder.BadRows;
        }

        using (Stream from = _trainer.Store.OpenRead(file))
        {
            using StreamReader reader = new(from);
            _folder.Write(_folder.BadRows, reader.ReadToEnd());
        }

        return _folder.BadRows;
    }

    /// <summary>A run that failed before its first checkpoint has nothing to resume: encoded rows go.</summary>
    private void Tidy()
    {
        try
        {
            if (_trainer.Store.List(_folder.Checkpoints).Count == 0)
            {
                _trainer.Store.Delete(_folder.Blocks);
            }

            if (_trainer.Store.Stat(_folder.Metrics) is { IsFolder: false, Bytes: 0 })
            {
                _trainer.Store.Delete(_folder.Metrics);
            }
        }
        catch (FileStoreException)
        {
            // What went wrong before is what must be told.
        }
    }

    private void DeleteEmptyFolder()
    {
        try
        {
            if (_trainer.Store.Stat(_folder.Path) is not null && _trainer.Store.List(_folder.Path).Count == 0)
            {
                _trainer.Store.Delete(_folder.Path);
            }
        }
        catch (FileStoreException)
        {
            // As above.
        }
    }
}
