using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>One training, complete and serialisable but for the model object: what the job file and the library both build.</summary>
public sealed record TrainingPlan
{
    public required Model Model { get; init; }

    /// <summary>Graph input name -> encoded column name.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    /// <summary>Losses with output and target column; their weighted sum is minimised.</summary>
    public required IReadOnlyList<LossTerm> Losses { get; init; }

    /// <summary>Phases of a step, where there is more than one way to go; empty: one phase with this plan's losses, metrics and optimizer.</summary>
    public IReadOnlyList<PhasePlan> Phases { get; init; } = [];

    /// <summary>Other optimizers, schedules or rates for parameters by name, and those that stay as they are.</summary>
    public IReadOnlyList<ParameterRule> Rules { get; init; } = [];

    public required Optimizer Optimizer { get; init; }

    public required Schedule Schedule { get; init; }

    public IReadOnlyList<MetricTerm> Metrics { get; init; } = [];

    public required int Epochs { get; init; }

    public required int BatchSize { get; init; }

    /// <summary>A power of two that divides the batch; 0 = the default.</summary>
    public int Shards { get; init; }

    public ulong Seed { get; init; }

    /// <summary>The largest global L2 norm of the gradient; larger gradients are scaled down to it. 0 = no clipping.</summary>
    public double ClipNorm { get; init; }

    /// <summary>The largest absolute value of an element of the gradient; larger ones are cut, before the norm is taken. 0 = no clipping.</summary>
    public double ClipValue { get; init; }

    /// <summary>Steps whose gradients are averaged for one update; windows begin with each epoch. Schedules count updates.</summary>
    public int Accumulate { get; init; } = 1;

    /// <summary>Ends the training earlier than after all epochs; it must not depend on the clock.</summary>
    public Trigger? EndWhen { get; init; }

    /// <summary>When the held-out rows are measured; null: at the end of every epoch. They are also measured at the end of the training.</summary>
    public Trigger? ValidateWhen { get; init; }

    /// <summary>Library only: another way through the phases of a step; null: one after the other.</summary>
    public StepFunction? StepFunction { get; init; }

    public bool Shuffle { get; init; } = true;

    /// <summary>The phases that a step has in the end: at least one.</summary>
    internal IReadOnlyList<PhasePlan> AllPhases => Phases.Count > 0 ? Phases : [new PhasePlan { Name = "train", Losses = Losses, Metrics = Metrics, Optimizer = Optimizer }];
}
