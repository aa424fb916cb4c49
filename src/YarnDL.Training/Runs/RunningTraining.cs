using System.Diagnostics;
using System.Text.Json.Nodes;
using YarnDL.Data;
using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Checkpoints;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>One training from its first step, or from a checkpoint, to its model directory.</summary>
internal sealed class RunningTraining : IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly TrainingRun _run;
    private readonly ITrainingProgress _progress;
    private readonly IRowSource _rows;
    private readonly IRowSource? _heldOut;
    private readonly StepPlan _steps;
    private readonly IReadOnlyList<IReadOnlyList<PhaseGroup>> _groups;
    private readonly TrainingState _state;
    private readonly JsonObject _fingerprint;
    private readonly CheckpointFolder _checkpoints;
    private readonly Gate? _gate;
    private readonly (string Name, bool HigherIsBetter) _monitor;
    private readonly long _stepsPerEpoch;
    private readonly string _modelPath;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly string? _initChecksum;
    private long _optimizerStepsBefore;

    private RunningTraining(TrainingPlan plan, TrainingRun run, ITrainingProgress progress)
    {
        _run = run;
        _progress = progress;
        int shards = ShardRule.Shards(plan.BatchSize, plan.Shards);
        bool ahead = run.Engine?.ReadsAhead ?? true;
        _rows = run.Rows ?? new BlockRows(run.Store, run.TrainBlocks ?? throw new TrainingException(TrainingFault.Job, "[run] neither training blocks nor rows are given; give one"), ahead);
        _heldOut = run.HeldOutRows ?? (run.HeldOutBlocks is { } folder ? new BlockRows(run.Store, folder, ahead) : null);
        if (_rows.Shards != shards || (_heldOut is not null && _heldOut.Shards != shards))
        {
            throw new TrainingException(TrainingFault.Job, $"[run] the rows are cut into {_rows.Shards} shards{(_heldOut is null ? "" : $" (held-out {_heldOut.Shards})")}, the plan needs {shards}; encode them again for this plan");
        }

        if (_rows.Rows == 0)
        {
            throw new DataException(DataFault.Empty, "[run] there is no training row; look at filter, split and bad rows");
        }

        if (run.Init is { } init)
        {
            (plan, _initChecksum) = InitialModel.Apply(plan, run.Store, init);
        }

        _plan = plan;
        (_steps, _groups) = PlanCheck.Of(plan, _rows.Columns, shards);
        _stepsPerEpoch = _rows.StepsPerEpoch(plan.BatchSize);
        _state = new TrainingState(_steps, _groups);
        plan.Model.Parameters.Span<float>().CopyTo(_state.Parameters.Span<float>());
        plan.Model.Buffers.Span<float>().CopyTo(_state.Buffers.Span<float>());
        _fingerprint = PlanFingerprint.Of(plan, _steps, _rows, _heldOut);
        _checkpoints = new CheckpointFolder(run.Store, $"{run.Output}/checkpoints");
        _monitor = PlanCheck.Monitor(_steps, _heldOut is { Rows: > 0 }, run.Checkpoints.Monitor);
        _gate = run.Gate is { } gate ? new Gate(gate, PlanCheck.ValueNames(_steps, _heldOut is { Rows: > 0 })) : null;
        _modelPath = run.ModelPath ?? $"{run.Output}/model";
    }

    public static TrainingResult Fit(TrainingPlan plan, TrainingRun run, ITrainingProgress progress, CancellationToken cancellation)
    {
        using var running = new RunningTraining(plan, run, progress);
        if (ModelDirectoryWriter.Published(run.Store, running._modelPath, run.RunId, running._fingerprint, run.ReplaceModel) is { } manifest)
        {
            return running.AlreadyDone(manifest);
        }

        IEngine engine = run.Engine ?? new LocalEngine();
        try
        {
            return running.Go(engine, cancellation);
        }
        catch (InputValueException e)
        {
            throw new DataException(DataFault.Input, e.Message, e);
        }
        finally
        {
            engine.Close();
            if (run.Engine is null)
            {
                engine.Dispose();
            }
        }
    }

    public void Dispose()
    {
        _state?.Dispose();
        if (_run.Rows is null)
        {
            _rows?.Dispose();
        }

        if (_run.HeldOutRows is null)
        {
            _heldOut?.Dispose();
        }
    }

    private TrainingResult Go(IEngine engine, CancellationToken cancellation)
    {
        _run.Store.MakeFolders(_run.Output);
        if (!_run.Resume)
        {
            _checkpoints.Clear();
        }

        new RowLimits(_plan.Model.Graph).Apply(engine.Pool, _state.Parameters);
        using var steps = new StepRun(_plan, _steps, _groups, _state, engine, _stepsPerEpoch);
        if (_run.Init is { OptimizerState: true } init)
        {
            steps.UpdatesBefore = _optimizerStepsBefore = InitialModel.TakeOptimizerState(_run.Store, init, _plan.Model.Graph, _state.Optimizer);
        }

        string? resumed = _run.Resume ? _checkpoints.Restore(_state, _fingerprint, _run.AllowOtherKernelSet, _progress.Notice) : null;
        if (resumed is not null)
        {
            _state.Attempt++;
            _progress.Notice($"[checkpoint] the run continues from {resumed}, after step {_state.Step}");
        }

        using var log = new MetricsLog(_run.Store, MetricsPath, _state.Lines);
        engine.Open(new EngineSession { Run = _run.RunId, Attempt = _state.Attempt, Plan = _steps, Rows = _rows, HeldOut = _heldOut, Progress = _progress });
        _progress.Stage("training");
        var epochClock = Stopwatch.StartNew();
        while (_state.Position.Epoch < _plan.Epochs)
        {
            if (cancellation.IsCancellationRequested)
            {
                return Cancelled();
            }

            StepPosition? next = After(_state.Position);
            Step(steps, log, next, out TriggerMoment moment);
            bool ends = next is null || (_plan.EndWhen is { } end && end.Fires(moment));
            _state.Position = ends ? new StepPosition((uint)_plan.Epochs, 0) : next!.Value;
            bool best = false;
            if (_heldOut is { Rows: > 0 } && (ends || (_plan.ValidateWhen is { } when ? when.Fires(moment) : moment.EpochEnds)))
            {
                Validate(engine, steps);
                if (!moment.EpochEnds)
                {
                    log.Validation(_state.Step, _state.Validated);
                    best = IsBest(_state.Validated);
                }
            }

            if (moment.EpochEnds || ends)
            {
                EndEpoch(steps, log, epochClock.Elapsed.TotalSeconds, moment.EpochEnds);
                best |= IsBest(_state.Epochs[^1].Values);
                epochClock.Restart();
            }

            if (_run.Checkpoints.Keep > 0 && (best || Due(moment)))
            {
                WriteCheckpoint();
            }
        }

        log.Dispose();
        return Publish() with { NodeTimes = engine.NodeTimes() };
    }

    private void Step(StepRun steps, MetricsLog log, StepPosition? next, out TriggerMoment moment)
    {
        long started = Stopwatch.GetTimestamp();
        double before = _clock.Elapsed.TotalSeconds;
        steps.Run(next);
        var report = new StepReport((int)_state.Position.Epoch, _state.Position.Step, _stepsPerEpoch, _state.Step, _stepsPerEpoch * _plan.Epochs, steps.Loss, steps.First.LearningRate, steps.Rows, Stopwatch.GetElapsedTime(started).TotalSeconds);
        _state.Step++;
        bool epochEnds = next is null || next.Value.Epoch != _state.Position.Epoch;
        moment = new TriggerMoment(_state.Step, _state.Position.Epoch + (epochEnds ? 1 : 0), epochEnds, steps.Loss, _state.Validated.GetValueOrDefault(_monitor.Name, double.NaN), _clock.Elapsed.TotalSeconds, before);
        if (_run.SummaryWhen is null || _run.SummaryWhen.Fires(moment))
        {
            log.Step(report, steps.First.Norm);
        }

        _progress.Step(report);
    }

    /// <summary>Measures the held-out rows.</summary>
    private void Validate(IEngine engine, StepRun steps)
    {
        var measured = new Measures[_steps.Phases.Count];
        for (int p = 0; p < measured.Length; p++)
        {
            measured[p] = engine.Evaluate(steps.Version, p, heldOut: true, _state.Parameters, _state.Buffers);
            if (measured[p].Rows != _heldOut!.Rows)
            {
                throw new InvalidOperationException($"[ledger] the evaluation saw {measured[p].Rows} rows, {_heldOut.Rows} are held out; every row must be seen once");
            }
        }

        _state.Validated = Measured.Values(_steps.Phases, measured, "val_");
        _state.ValidatedAt = _state.Step;
    }

    /// <summary>Reports an epoch, or the part of one after which the training ended.</summary>
    private void EndEpoch(StepRun steps, MetricsLog log, double seconds, bool whole)
    {
        if (whole && _plan.StepFunction is null && _state.Phases[0].Measures.Rows != _rows.Rows)
        {
            throw new InvalidOperationException($"[ledger] the epoch applied {_state.Phases[0].Measures.Rows} rows, there are {_rows.Rows}; every row must be applied once");
        }

        SortedDictionary<string, double> values = Measured.Values(_steps.Phases, [.. _state.Phases.Select(p => p.Measures)]);
        if (_state.ValidatedAt == _state.Step)
        {
            foreach ((string name, double value) in _state.Validated)
            {
                values[name] = value;
            }
        }

        var report = new EpochReport(_state.Epochs.Count, values, seconds);
        _state.Epochs.Add(report);
        foreach (PhaseState p in _state.Phases)
        {
            p.Measures = p.NewMeasures();
        }

        log.Epoch(report);
        _progress.Epoch(report);
        steps.Observe(schedule => values.TryGetValue(Heard(schedule), out double heard) ? heard : _state.Validated.GetValueOrDefault(Heard(schedule), double.NaN));
    }

    /// <returns>True when the monitored value is the best so far.</returns>
    private bool IsBest(IReadOnlyDictionary<string, double> values)
    {
        double monitored = values.GetValueOrDefault(_monitor.Name, double.NaN);
        bool best = double.IsFinite(monitored) && (_state.Best is not { } b || (_monitor.HigherIsBetter ? monitored > b.Value : monitored < b.Value));
        if (best)
        {
            _state.Best = (monitored, _state.Step);
        }

        return best && _run.Checkpoints.KeepBest;
    }

    /// <summary>What a listening schedule hears: the loss, or where larger is better the first metric; of held-out rows where there are some.</summary>
    private string Heard(Schedule schedule)
    {
        bool higher = (bool?)schedule.Spec.Options["higher"] ?? false;
        return (_heldOut is { Rows: > 0 } ? "val_" : "") + (higher && Measured.Metric(_steps.Phases) is { } metric ? metric.Name : "loss");
    }

    private bool Due(TriggerMoment moment)
    {
        CheckpointPolicy p = _run.Checkpoints;
        return p.When is { } when ? when.Fires(moment)
            : (p.EverySteps > 0 && _state.Step % p.EverySteps == 0) || (moment.EpochEnds && p.EveryEpochs > 0 && moment.Epochs % p.EveryEpochs == 0);
    }

    private string WriteCheckpoint()
    {
        string path = _checkpoints.Write(_state, _fingerprint, new JsonObject { ["run"] = _run.RunId, ["dataHash"] = _rows.DataHash, ["ledger"] = ModelDirectoryWriter.Ledger(_run.Ledger) });
        _checkpoints.Trim(_run.Checkpoints.Keep, _run.Checkpoints.KeepBest ? _state.Best?.Step : null);
        return path;
    }

    private TrainingResult Cancelled()
    {
        string? path = _run.Checkpoints.Keep > 0 ? WriteCheckpoint() : null;
        return Result(TrainingOutcome.Cancelled, $"cancelled after step {_state.Step}{(path is null ? "" : $"; the run continues from {path}")}", null) with { CheckpointPath = path };
    }

    private TrainingResult Publish()
    {
        string? failure = _gate?.Failure(_state.Epochs[^1].Values);
        string target = failure is null ? _modelPath : _modelPath + ".rejected";
        _progress.Stage("writing the model");
        string path = ModelDirectoryWriter.Write(_run.Store, target, replace: failure is not null || _run.ReplaceModel, new ModelContent
        {
            Plan = _plan,
            Phases = _steps.Phases,
            Run = _run,
            Fingerprint = _fingerprint,
            Parameters = _state.Parameters,
            Buffers = _state.Buffers,
            Optimizer = _state.Optimizer,
            Epochs = _state.Epochs,
            Steps = _state.Step,
            OptimizerSteps = _state.Phases[0].Updates + _optimizerStepsBefore,
            Rows = _rows,
            HeldOut = _heldOut,
            InitChecksum = _initChecksum,
            Started = _started,
            Rejected = failure,
        });
        return failure is null
            ? Result(TrainingOutcome.Trained, $"trained {_state.Step} steps; the model is {path}", path)
            : Result(TrainingOutcome.Rejected, $"the gate was not met: {failure}; the model is kept as {path}", path);
    }

    private TrainingResult AlreadyDone(JsonObject manifest)
    {
        _state.Step = (long)manifest["steps"]!;
        var values = new SortedDictionary<string, double>(manifest["values"]!.AsObject().ToDictionary(p => p.Key, p => (double?)p.Value ?? double.NaN), StringComparer.Ordinal);
        _state.Epochs.Add(new EpochReport((int)manifest["epochs"]! - 1, values, 0));
        return Result(TrainingOutcome.AlreadyDone, $"the model of run {_run.RunId} is there already: {_modelPath}", _modelPath);
    }

    private TrainingResult Result(TrainingOutcome outcome, string message, string? modelPath) => new()
    {
        Outcome = outcome,
        Message = message,
        ModelPath = modelPath,
        MetricsPath = MetricsPath,
        Epochs = _state.Epochs,
        Steps = _state.Step,
        DataHash = _rows.DataHash,
        Ledger = _run.Ledger,
    };

    private string MetricsPath => $"{_run.Output}/metrics.jsonl";

    private StepPosition? After(StepPosition p) =>
        p.Step + 1 < _stepsPerEpoch ? p with { Step = p.Step + 1 } : p.Epoch + 1 < _plan.Epochs ? new StepPosition(p.Epoch + 1, 0) : null;
}
