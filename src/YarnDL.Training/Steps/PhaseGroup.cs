using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>Parameters of a phase that one optimizer updates by one schedule.</summary>
/// <param name="Name">"all", or the pattern of the rule.</param>
/// <param name="Optimizer">How weights follow the gradient.</param>
/// <param name="Schedule">The learning rate of each update.</param>
/// <param name="Rate">A factor of it.</param>
/// <param name="Parameters">Their names.</param>
internal sealed record PhaseGroup(string Name, Optimizer Optimizer, Schedule Schedule, double Rate, IReadOnlyList<string> Parameters)
{
    /// <summary>The groups of a phase, in the order of the rules, those without a rule first; a parameter belongs to one at most.</summary>
    /// <exception cref="TrainingException">A pattern matches nothing, or nothing is trained.</exception>
    public static IReadOnlyList<PhaseGroup> Of(TrainingPlan plan, PhasePlan phase)
    {
        string[] names = [.. plan.Model.Graph.Parameters.Select(p => p.Name)];
        foreach (string pattern in phase.Trains.Where(p => p != "*").Concat(plan.Rules.Select(r => r.Pattern)))
        {
            if (!names.Any(n => NamePattern.Fits(pattern, n)))
            {
                throw new TrainingException(TrainingFault.Job, $"[plan] no parameter is called {pattern}; the parameters are {string.Join(", ", names)}; name one of these, a module, or a pattern with *");
            }
        }

        var groups = new List<PhaseGroup>();
        string[] trained = [.. names.Where(n => !plan.Model.Frozen.Contains(n) && phase.Trains.Any(p => NamePattern.Fits(p, n)))];
        for (int rule = -1; rule < plan.Rules.Count; rule++)
        {
            string[] mine = [.. trained.Where(n => RuleOf(plan, n) == rule)];
            ParameterRule? r = rule < 0 ? null : plan.Rules[rule];
            if (mine.Length > 0 && r is not { Frozen: true })
            {
                groups.Add(new PhaseGroup(r?.Pattern ?? "all", r?.Optimizer ?? phase.Optimizer, r?.Schedule ?? phase.Schedule ?? plan.Schedule, r?.Rate ?? 1, mine));
            }
        }

        return groups;
    }

    private static int RuleOf(TrainingPlan plan, string name)
    {
        for (int r = 0; r < plan.Rules.Count; r++)
        {
            if (NamePattern.Fits(plan.Rules[r].Pattern, name))
            {
                return r;
            }
        }

        return -1;
    }
}
