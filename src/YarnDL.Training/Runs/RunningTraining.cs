using System.Diagnostics;
using System.Globalization;
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
    private readonly Phase _phase;
    private readonly TrainingState _state;
    private readonly OptimizerStep _optimizer;
    private readonly JsonObject _fingerprint;
    private readonly CheckpointFolder _checkpoints;
    private readonly Gate? _gate;
    private readonly (string Name, bool HigherIsBetter) _monitor;
    private readonly long _stepsPerEpoch;
    private readonly string _modelPath;
    private readonly DateTimeOffset _started = DateTimeOffset.UtcNow;
    private readonly string? _initChecksum;
    private readonly long _optimizerStepsBefore;

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

        if (plan.Epochs < 1)
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] {plan.Epochs} epochs; there must be at least 1");
        }

        if (run.Init is { } init)
        {
            (plan, _initChecksum) = InitialModel.Apply(plan, run.Store, init);
        }

        _plan = plan;
        _steps = TrainingGraph.Build(plan, _rows.Columns, shards);
        _phase = _steps.Phases[0];
        _stepsPerEpoch = _rows.StepsPerEpoch(plan.BatchSize);
        _state = new TrainingState(_steps) { Schedule = plan.Schedule.Begin(plan.Optimizer.LearningRate) };
        plan.Model.Parameters.Span<float>().CopyTo(_state.Parameters.Span<float>());
        plan.Model.Buffers.Span<float>().CopyTo(_state.Buffers.Span<float>());
        _optimizer = new OptimizerStep(plan.Optimizer, [.. _phase.Gradients.Select(g => (g.Offset, g.Count, ShapeOf(plan, g)))], _steps.ParameterCount, plan.ClipNorm);
        for (int i = 0; i < _optimizer.State.Length; i++)
        {
            _state.Optimizer[plan.Optimizer.StateNames[i]] = _optimizer.State[i];
        }

        if (run.Init is { OptimizerState: true } withState)
        {
            _optimizerStepsBefore = InitialModel.TakeOptimizerState(run.Store, withState, plan.Model.Graph, _state.Optimizer);
        }

        _fingerprint = PlanFingerprint.Of(plan, _steps, _rows, _heldOut);
        _checkpoints = new CheckpointFolder(run.Store, $"{run.Output}/checkpoints");
        _monitor = Monitor();
        _gate = run.Gate is { } gate ? new Gate(gate, ValueNames()) : null;
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
        IReadOnlyList<float> denominators = [];
        bool begun = false;
        while (_state.Position.Epoch < _plan.Epochs)
        {
            if (cancellation.IsCancellationRequested)
            {
                return Cancelled();
            }

            if (!begun)
            {
                denominators = engine.Begin(0, _state.Position);
                begun = true;
            }

            StepPosition? next = After(_state.Position);
            denominators = Step(engine, log, denominators, next);
            bool epochEnds = next is null || next.Value.Epoch != _state.Position.Epoch;
            _state.Position = next ?? new StepPosition((uint)_plan.Epochs, 0);
            bool best = false;
            if (epochEnds)
            {
                best = EndEpoch(engine, log, epochClock.Elapsed.TotalSeconds);
                epochClock.Restart();
            }

            if (_run.Checkpoints.Keep > 0 && (best || Due(epochEnds)))
            {
                WriteCheckpoint();
            }
        }

        log.Dispose();
        return Publish() with { NodeTimes = engine.NodeTimes() };
    }

    private IReadOnlyList<float> Step(IEngine engine, MetricsLog log, IReadOnlyList<float> denominators, StepPosition? next)
    {
        long started = Stopwatch.GetTimestamp();
        StepSums sums = engine.Step(new StepOrder(_state.Step, 0, _state.Position, next, denominators), _state.Parameters, _state.Buffers);
        var measured = new Measures(_phase.Losses.Count, _phase.Metrics.Count) { Rows = sums.Rows };
        double loss = 0;
        for (int i = 0; i < _phase.Losses.Count; i++)
        {
            measured.Numerators[i] = sums.Numerators[i];
            measured.Denominators[i] = denominators[i];
            loss += _phase.Losses[i].Weight * (measured.Numerators[i] / measured.Denominators[i]);
        }

        for (int i = 0; i < _phase.Metrics.Count; i++)
        {
            measured.Metrics[i] = sums.Metrics[i];
        }

        if (!double.IsFinite(loss))
        {
            throw new TrainingException(TrainingFault.GaveUp, string.Create(CultureInfo.InvariantCulture, $"[training] the loss of step {_state.Step} (epoch {_state.Position.Epoch}, step {_state.Position.Step} of the epoch) is {loss}; it must be a number; lower the learning rate, clip the gradient (clipNorm), or look for values out of range in the features"));
        }

        _state.Measures.Add(measured);
        UpdateStep update = _plan.Schedule.At(_state.Step, _stepsPerEpoch * _plan.Epochs, _stepsPerEpoch, _plan.Optimizer.LearningRate, _state.Schedule);
        double norm = _optimizer.Apply(engine.Pool, _state.Parameters, sums.Gradient, update with { Step = update.Step + _optimizerStepsBefore });
        UpdateBuffers(sums);
        var report = new StepReport((int)_state.Position.Epoch, _state.Position.Step, _stepsPerEpoch, _state.Step, _stepsPerEpoch * _plan.Epochs, loss, update.LearningRate, sums.Rows, Stopwatch.GetElapsedTime(started).TotalSeconds);
        _state.Step++;
        log.Step(report, norm);
        _progress.Step(report);
        return sums.NextDenominators;
    }

    private static Shape? ShapeOf(TrainingPlan plan, VectorOutput gradient)
    {
        foreach (Value p in plan.Model.Graph.Parameters)
        {
            if (p.Offset == gradient.Offset && p.Shape.At(1).ElementCount == gradient.Count)
            {
                return p.Shape.At(1);
            }
        }

        return null;
    }

    /// <summary>New running statistics: the unweighted mean over the shards that had rows.</summary>
    private void UpdateBuffers(StepSums sums)
    {
        foreach (VectorOutput b in _phase.Buffers)
        {
            Span<float> into = _state.Buffers.Span<float>().Slice(checked((int)b.Offset), checked((int)b.Count));
            ReadOnlySpan<float> sum = sums.Buffers.Span<float>().Slice(checked((int)b.Offset), checked((int)b.Count));
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = sum[i] / sums.Shards;
            }
        }
    }

    /// <returns>True when this epoch is the best so far.</returns>
    private bool EndEpoch(IEngine engine, MetricsLog log, double seconds)
    {
        if (_state.Measures.Rows != _rows.Rows)
        {
            throw new InvalidOperationException($"[ledger] the epoch applied {_state.Measures.Rows} rows, there are {_rows.Rows}; every row must be applied once");
        }

        SortedDictionary<string, double> values = _state.Measures.Values(_phase);
        if (_heldOut is { Rows: > 0 })
        {
            Measures measured = engine.Evaluate(_state.Step, 0, heldOut: true, _state.Parameters, _state.Buffers);
            if (measured.Rows != _heldOut.Rows)
            {
                throw new InvalidOperationException($"[ledger] the evaluation saw {measured.Rows} rows, {_heldOut.Rows} are held out; every row must be seen once");
            }

            foreach ((string name, double value) in measured.Values(_phase, "val_"))
            {
                values[name] = value;
            }
        }

        var report = new EpochReport(_state.Epochs.Count, values, seconds);
        _state.Epochs.Add(report);
        _state.Measures = new Measures(_phase.Losses.Count, _phase.Metrics.Count);
        log.Epoch(report);
        _progress.Epoch(report);
        _plan.Schedule.Observe(_state.Schedule, values[Heard()]);
        double monitored = values.GetValueOrDefault(_monitor.Name, double.NaN);
        bool best = double.IsFinite(monitored) && (_state.Best is not { } b || (_monitor.HigherIsBetter ? monitored > b.Value : monitored < b.Value));
        if (best)
        {
            _state.Best = (monitored, _state.Step);
        }

        return best && _run.Checkpoints.KeepBest;
    }

    /// <summary>What a listening schedule hears: the loss, or where larger is better the first metric; of held-out rows where there are some.</summary>
    private string Heard()
    {
        bool higher = (bool?)_plan.Schedule.Spec.Options["higher"] ?? false;
        return (_heldOut is { Rows: > 0 } ? "val_" : "") + (higher && _phase.Metrics.Count > 0 ? _phase.Metrics[0].Name : "loss");
    }

    private bool Due(bool epochEnds)
    {
        CheckpointPolicy p = _run.Checkpoints;
        return (p.EverySteps > 0 && _state.Step % p.EverySteps == 0) || (epochEnds && p.EveryEpochs > 0 && _state.Position.Epoch % p.EveryEpochs == 0);
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
            Phase = _phase,
            Run = _run,
            Fingerprint = _fingerprint,
            Parameters = _state.Parameters,
            Buffers = _state.Buffers,
            Optimizer = _state.Optimizer,
            Epochs = _state.Epochs,
            Steps = _state.Step,
            OptimizerSteps = _state.Step + _optimizerStepsBefore,
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

    private (string Name, bool HigherIsBetter) Monitor()
    {
        string prefix = _heldOut is { Rows: > 0 } ? "val_" : "";
        string name = _run.Checkpoints.Monitor ?? prefix + (_phase.Metrics.Count > 0 ? _phase.Metrics[0].Name : "loss");
        if (!ValueNames().Contains(name))
        {
            throw new TrainingException(TrainingFault.Job, $"[checkpoint] there is no value {name} to tell the best by; this run has {string.Join(", ", ValueNames())}; name one of these");
        }

        string bare = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        return (name, _phase.Metrics.FirstOrDefault(m => m.Name == bare)?.Metric.HigherIsBetter ?? false);
    }

    private SortedSet<string> ValueNames()
    {
        var names = new SortedSet<string>(StringComparer.Ordinal) { "loss" };
        names.UnionWith(_phase.Metrics.Select(m => m.Name));
        if (_phase.Losses.Count > 1)
        {
            names.UnionWith(_phase.Losses.Select(l => l.Name));
        }

        if (_heldOut is { Rows: > 0 })
        {
            names.UnionWith([.. names.Select(n => "val_" + n)]);
        }

        return names;
    }
}
