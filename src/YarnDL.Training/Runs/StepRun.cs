using System.Globalization;
using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>One step after another: computes phases on an engine, and updates.</summary>
internal sealed class StepRun : IStepContext, IDisposable
{
    private readonly TrainingPlan _plan;
    private readonly StepPlan _steps;
    private readonly TrainingState _state;
    private readonly IEngine _engine;
    private readonly PhaseUpdate[] _phases;
    private readonly double[] _losses;
    private readonly bool _accumulates;
    private readonly long _stepsPerEpoch;
    private IReadOnlyList<float> _denominators = [];
    private bool _begun;
    private long _version;
    private bool _touched;

    /// <param name="plan">The training.</param>
    /// <param name="steps">Its step plan.</param>
    /// <param name="groups">Groups of each phase.</param>
    /// <param name="state">Changed by every step.</param>
    /// <param name="engine">Computes.</param>
    /// <param name="stepsPerEpoch">Steps of an epoch.</param>
    public StepRun(TrainingPlan plan, StepPlan steps, IReadOnlyList<IReadOnlyList<PhaseGroup>> groups, TrainingState state, IEngine engine, long stepsPerEpoch)
    {
        (_plan, _steps, _state, _engine, _stepsPerEpoch) = (plan, steps, state, engine, stepsPerEpoch);
        _accumulates = plan.Accumulate > 1;
        _losses = new double[steps.Phases.Count];
        _phases = [.. steps.Phases.Select((p, i) => new PhaseUpdate(plan, p, groups[i], state.Phases[i], state, engine.Pool))];
    }

    public long Step => _state.Step;

    public int Phases => _phases.Length;

    /// <summary>Updates that the optimizers' state has seen before this run.</summary>
    public long UpdatesBefore { get; set; }

    /// <summary>The version of the weights as they are now.</summary>
    public long Version
    {
        get
        {
            _version += _touched ? 1 : 0;
            _touched = false;
            return _version;
        }
    }

    /// <summary>Rows of the latest step.</summary>
    public int Rows { get; private set; }

    /// <summary>The first phase's update.</summary>
    public PhaseUpdate First => _phases[0];

    /// <summary>The sum of the losses of the phases that ran in the latest step.</summary>
    public double Loss => _losses.Sum();

    /// <summary>Carries out the step at the state's position.</summary>
    /// <param name="next">The step after it; null after the last.</param>
    public void Run(StepPosition? next)
    {
        if (!_begun)
        {
            _denominators = _engine.Begin(_state.Position);
        }

        _begun = false;
        if (_plan.StepFunction is { } function)
        {
            Array.Clear(_losses);
            function.Run(this);
            return;
        }

        Array.Clear(_losses);
        int latest = _phases.Length - 1;
        while (!Runs(latest))
        {
            latest--;
        }

        for (int p = 0; p <= latest; p++)
        {
            if (!Runs(p))
            {
                continue;
            }

            IReadOnlyList<float> following = Compute(p, p == latest ? next : null);
            bool last = next is null || next.Value.Epoch != _state.Position.Epoch || (_state.Position.Step + 1) % _plan.Accumulate == 0;
            if (_phases[p].Gather(last))
            {
                Update(p);
            }

            if (p == latest && following.Count > 0)
            {
                (_denominators, _begun) = (following, true);
            }
        }
    }

    public double Compute(int phase)
    {
        Compute(phase, null);
        return _losses[phase];
    }

    public Span<float> Gradient(int phase, string parameter) => _phases[phase].GradientOf(parameter);

    public void Update(int phase)
    {
        _touched = true;
        _phases[phase].Update(_state.Parameters, Clock(), UpdatesBefore, _engine.Pool, _losses[phase], () => Evaluate(phase));
        _touched = true;
    }

    public Span<float> Weights(string parameter)
    {
        Value p = _plan.Model.Graph.Parameters.FirstOrDefault(p => p.Name == parameter)
            ?? throw new TrainingException(TrainingFault.Job, $"[step] there is no parameter {parameter}; the parameters are {string.Join(", ", _plan.Model.Graph.Parameters.Select(p => p.Name))}; name one of these");
        _touched = true;
        return _state.Parameters.Span<float>().Slice(checked((int)p.Offset), checked((int)p.Shape.At(1).ElementCount));
    }

    public double[] Keep(string name, int count)
    {
        if (!_state.Kept.TryGetValue(name, out double[]? kept))
        {
            _state.Kept[name] = kept = new double[count];
        }

        return kept;
    }

    /// <summary>Lets schedules hear how an epoch went.</summary>
    public void Observe(Func<Schedule, double> measure) => Array.ForEach(_phases, p => p.Observe(measure));

    public void Dispose() => Array.ForEach(_phases, p => p.Dispose());

    /// <summary>One phase: loss, metrics, new buffers, and the gradient. Returns the denominators of the following step.</summary>
    private IReadOnlyList<float> Compute(int phase, StepPosition? next)
    {
        StepSums sums = Sums(phase, next);
        PhaseState state = _state.Phases[phase];
        Phase p = _steps.Phases[phase];
        var measured = new Measures(p.Losses.Count, p.Metrics.Count) { Rows = sums.Rows };
        for (int i = 0; i < p.Losses.Count; i++)
        {
            measured.Numerators[i] = sums.Numerators[i];
            measured.Denominators[i] = _denominators[_steps.FirstLoss(phase) + i];
        }

        for (int i = 0; i < p.Metrics.Count; i++)
        {
            measured.Metrics[i] = sums.Metrics[i];
        }

        Rows = sums.Rows;
        _losses[phase] = LossOf(phase, sums);
        if (!double.IsFinite(_losses[phase]))
        {
            throw new TrainingException(TrainingFault.GaveUp, string.Create(CultureInfo.InvariantCulture, $"[training] the loss of step {_state.Step} (epoch {_state.Position.Epoch}, step {_state.Position.Step} of the epoch) is {_losses[phase]}; it must be a number; lower the learning rate, clip the gradient (clipNorm), or look for values out of range in the features"));
        }

        state.Measures.Add(measured);
        UpdateBuffers(p, sums);
        return sums.NextDenominators;
    }

    private bool Runs(int phase) => (_state.Step + 1) % _plan.AllPhases[phase].Every == 0;

    private double Evaluate(int phase)
    {
        _touched = true;
        return LossOf(phase, Sums(phase, null));
    }

    private StepSums Sums(int phase, StepPosition? next)
    {
        float[] denominators = [.. _denominators.Skip(_steps.FirstLoss(phase)).Take(_steps.Phases[phase].Losses.Count)];
        StepSums sums = _engine.Step(new StepOrder(_state.Step, Version, phase, _state.Position, next, denominators), _state.Parameters, _state.Buffers);
        _phases[phase].Gradient.Take(sums, _state.Parameters);
        return sums;
    }

    private double LossOf(int phase, StepSums sums)
    {
        double loss = 0;
        Phase p = _steps.Phases[phase];
        for (int i = 0; i < p.Losses.Count; i++)
        {
            loss += p.Losses[i].Weight * ((double)sums.Numerators[i] / _denominators[_steps.FirstLoss(phase) + i]);
        }

        return loss;
    }

    /// <summary>New running statistics: the unweighted mean over the shards that had rows.</summary>
    private void UpdateBuffers(Phase phase, StepSums sums)
    {
        foreach (VectorOutput b in phase.Buffers)
        {
            Span<float> into = _state.Buffers.Span<float>().Slice(checked((int)b.Offset), checked((int)b.Count));
            ReadOnlySpan<float> sum = sums.Buffers.Span<float>().Slice(checked((int)b.Offset), checked((int)b.Count));
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = sum[i] / sums.Shards;
            }

            _touched = true;
        }
    }

    private (long Update, long Total, long PerEpoch) Clock()
    {
        if (!_accumulates)
        {
            return (_state.Step, _stepsPerEpoch * _plan.Epochs, _stepsPerEpoch);
        }

        long perEpoch = (_stepsPerEpoch + _plan.Accumulate - 1) / _plan.Accumulate;
        return ((_state.Position.Epoch * perEpoch) + (_state.Position.Step / _plan.Accumulate), perEpoch * _plan.Epochs, perEpoch);
    }
}
