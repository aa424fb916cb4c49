using YarnDL.Data.Encoding;
using YarnDL.Nn;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Runs;

/// <summary>What can be wrong with a plan before a row is read.</summary>
internal static class PlanCheck
{
    /// <summary>The step plan and its groups, checked.</summary>
    /// <exception cref="TrainingException">Settings do not go together, or the plan names what does not exist.</exception>
    public static (StepPlan Steps, IReadOnlyList<IReadOnlyList<PhaseGroup>> Groups) Of(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards)
    {
        if (plan.Epochs < 1)
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] {plan.Epochs} epochs; there must be at least 1");
        }

        StepPlan steps = TrainingGraph.Build(plan, columns, shards);
        IReadOnlyList<IReadOnlyList<PhaseGroup>> groups = [.. plan.AllPhases.Select(p => PhaseGroup.Of(plan, p))];
        Rhythm(plan);
        if (groups.Any(p => p.Any(g => g.Optimizer is Lbfgs) && (p.Count > 1 || plan.ClipNorm > 0 || plan.ClipValue > 0 || plan.Accumulate > 1)))
        {
            throw new TrainingException(TrainingFault.Job, "[optimizer] lbfgs searches along its own steps: it is the only optimizer of its phase, without clipping and accumulation; take these away or choose another");
        }

        if (plan.EndWhen is { UsesClock: true } || (plan.ValidateWhen is { UsesClock: true } && groups.Any(p => p.Any(g => g.Schedule.Begin(0).Length > 0))))
        {
            throw new TrainingException(TrainingFault.Job, "[plan] the end of a training, and what a schedule listens to, must not depend on the clock: the model would; count steps or epochs");
        }

        return (steps, groups);
    }

    /// <summary>The names of a run's values: losses and metrics, and with held-out rows the same with val_.</summary>
    public static SortedSet<string> ValueNames(StepPlan steps, bool heldOut)
    {
        var names = new SortedSet<string>(Measured.Names(steps.Phases), StringComparer.Ordinal);
        if (heldOut)
        {
            names.UnionWith([.. names.Select(n => "val_" + n)]);
        }

        return names;
    }

    /// <summary>The value that tells the best checkpoint.</summary>
    /// <exception cref="TrainingException">There is no such value.</exception>
    public static (string Name, bool HigherIsBetter) Monitor(StepPlan steps, bool heldOut, string? asked)
    {
        string name = asked ?? (heldOut ? "val_" : "") + (Measured.Metric(steps.Phases)?.Name ?? "loss");
        SortedSet<string> names = ValueNames(steps, heldOut);
        if (!names.Contains(name))
        {
            throw new TrainingException(TrainingFault.Job, $"[checkpoint] there is no value {name} to tell the best by; this run has {string.Join(", ", names)}; name one of these");
        }

        string bare = name.StartsWith("val_", StringComparison.Ordinal) ? name[4..] : name;
        return (name, Measured.Metric(steps.Phases, bare)?.HigherIsBetter ?? false);
    }

    private static void Rhythm(TrainingPlan plan)
    {
        bool seldom = plan.AllPhases.Any(p => p.Every > 1);
        if (plan.Accumulate < 1 || (plan.Accumulate > 1 && (plan.StepFunction is not null || seldom)))
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] accumulate is {plan.Accumulate}{(plan.StepFunction is null ? seldom ? " and a phase does not run in every step" : "" : " with a step function")}; it must be at least 1, and more than 1 only where all phases run in every step");
        }

        if (plan.AllPhases[0].Every != 1 || plan.AllPhases.Any(p => p.Every < 1) || (plan.StepFunction is not null && seldom))
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] phases run in every {string.Join(", ", plan.AllPhases.Select(p => p.Every))} steps; the first runs in every step (1), others every 1 or more, and with a step function that one decides");
        }
    }
}
