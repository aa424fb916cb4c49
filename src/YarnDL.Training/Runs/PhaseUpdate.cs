using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>The update of one phase: its groups with their optimizers and schedules, the limits of the gradient, LBFGS.</summary>
internal sealed class PhaseUpdate : IDisposable
{
    private readonly IReadOnlyList<PhaseGroup> _groups;
    private readonly OptimizerStep?[] _steps;
    private readonly PhaseState _state;
    private readonly GradientLimits _limits;
    private readonly Phase _phase;
    private readonly int _accumulate;
    private readonly RowLimits _rows;

    /// <param name="plan">The training.</param>
    /// <param name="phase">The phase of its step plan.</param>
    /// <param name="groups">The phase's groups.</param>
    /// <param name="state">Of the phase.</param>
    /// <param name="all">Where the optimizers' state vectors are kept.</param>
    /// <param name="pool">Threads.</param>
    public PhaseUpdate(TrainingPlan plan, Phase phase, IReadOnlyList<PhaseGroup> groups, PhaseState state, TrainingState all, ComputePool pool)
    {
        _phase = phase;
        _groups = groups;
        _state = state;
        _limits = new GradientLimits(plan.ClipNorm, plan.ClipValue);
        _accumulate = plan.Accumulate;
        _rows = new RowLimits(plan.Model.Graph);
        Gradient = new PhaseGradient(phase, pool, all.Buffers);
        string prefix = plan.Phases.Count > 1 ? phase.Name + "/" : "";
        _steps = new OptimizerStep?[groups.Count];
        for (int g = 0; g < groups.Count; g++)
        {
            Optimizer optimizer = groups[g].Optimizer;
            float[][] vectors = [.. optimizer.StateNames.Select(n => all.Optimizer.TryGetValue(prefix + n, out float[]? v) ? v : all.Optimizer[prefix + n] = new float[all.Parameters.Shape.ElementCount])];
            _steps[g] = optimizer is Lbfgs ? null : new OptimizerStep(optimizer, [.. phase.Layout.Tensors.Where(t => groups[g].Parameters.Contains(t.Name))],
                [.. Gradient.TableOutputs.Select((t, i) => (t, i)).Where(t => groups[g].Parameters.Contains(t.t.Parameter))], vectors);
        }
    }

    /// <summary>The gradient that the next update takes.</summary>
    public PhaseGradient Gradient { get; }

    /// <summary>The learning rate of the latest update of the first group.</summary>
    public double LearningRate { get; private set; }

    /// <summary>The gradient's norm before it was limited, of the latest update; NaN when it is not limited.</summary>
    public double Norm { get; private set; } = double.NaN;

    /// <summary>Takes a gradient into the update that is being gathered.</summary>
    /// <param name="last">Whether the update is due now.</param>
    /// <returns>True when it is.</returns>
    public bool Gather(bool last)
    {
        if (_accumulate > 1)
        {
            _state.Wait(Gradient);
            if (!last)
            {
                return false;
            }

            _state.Release(Gradient);
        }

        return true;
    }

    /// <summary>Updates the phase's parameters.</summary>
    /// <param name="parameters">The flat vector, changed in place.</param>
    /// <param name="clock">Which update of the schedule it is, of how many, and how many an epoch has.</param>
    /// <param name="before">Updates that the optimizer's state has seen before this run.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="loss">Of the gradient that is there.</param>
    /// <param name="evaluate">Computes loss and gradient with the weights as they are then; LBFGS asks for it.</param>
    public void Update(Tensor parameters, (long Update, long Total, long PerEpoch) clock, long before, ComputePool pool, double loss, Func<double> evaluate)
    {
        Norm = _limits.Apply(Gradient);
        for (int g = 0; g < _groups.Count; g++)
        {
            PhaseGroup group = _groups[g];
            UpdateStep update = group.Schedule.At(clock.Update, clock.Total, clock.PerEpoch, group.Optimizer.LearningRate, _state.Schedules[g]);
            update = update with { Step = _state.Updates + before, LearningRate = update.LearningRate * group.Rate };
            LearningRate = g == 0 ? update.LearningRate : LearningRate;
            if (_steps[g] is { } step)
            {
                step.Apply(pool, parameters, Gradient, update);
            }
            else
            {
                Search((Lbfgs)group.Optimizer, parameters, update.LearningRate, loss, evaluate);
            }
        }

        _rows.Apply(pool, parameters, Gradient);
        _state.Updates++;
    }

    /// <summary>Lets schedules hear how an epoch went.</summary>
    public void Observe(Func<Schedule, double> measure)
    {
        for (int g = 0; g < _groups.Count; g++)
        {
            if (_state.Schedules[g].Length > 0)
            {
                _groups[g].Schedule.Observe(_state.Schedules[g], measure(_groups[g].Schedule));
            }
        }
    }

    /// <summary>The gradient of a parameter; empty when there is no dense one.</summary>
    public Span<float> GradientOf(string parameter)
    {
        TrainedTensor? t = _phase.Layout.Tensors.FirstOrDefault(t => t.Name == parameter);
        return t is null ? [] : Gradient.Dense.Span<float>().Slice(checked((int)t.GradientOffset), checked((int)t.Count));
    }

    public void Dispose() => Gradient.Dispose();

    private void Search(Lbfgs optimizer, Tensor parameters, double rate, double loss, Func<double> evaluate)
    {
        var weights = new double[_phase.Layout.Count];
        foreach (TrainedTensor t in _phase.Layout.Tensors)
        {
            Widen(parameters.Span<float>().Slice(checked((int)t.Offset), checked((int)t.Count)), weights.AsSpan(checked((int)t.GradientOffset)));
        }

        bool first = true;
        optimizer.Step(weights, (at, gradient) =>
        {
            double value = loss;
            if (!first)
            {
                Write(at, parameters);
                value = evaluate();
            }

            first = false;
            Widen(Gradient.Dense.Span<float>(), gradient);
            return value;
        }, _state.Lbfgs!, rate);
        Write(weights, parameters);
    }

    private void Write(ReadOnlySpan<double> weights, Tensor parameters)
    {
        foreach (TrainedTensor t in _phase.Layout.Tensors)
        {
            Span<float> into = parameters.Span<float>().Slice(checked((int)t.Offset), checked((int)t.Count));
            for (int i = 0; i < into.Length; i++)
            {
                into[i] = (float)weights[(int)t.GradientOffset + i];
            }
        }
    }

    private static void Widen(ReadOnlySpan<float> from, Span<double> into)
    {
        for (int i = 0; i < from.Length; i++)
        {
            into[i] = from[i];
        }
    }
}
