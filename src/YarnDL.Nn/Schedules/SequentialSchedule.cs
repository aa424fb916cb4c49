using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>One schedule after another: each counts its own steps from 0, and its base rate is the rate that the one before had reached. The last one takes all steps that are left.</summary>
/// <param name="schedules">In order.</param>
/// <param name="steps">Steps of all but the last.</param>
public sealed class SequentialSchedule(IReadOnlyList<Schedule> schedules, IReadOnlyList<long> steps) : Schedule
{
    private readonly IReadOnlyList<long> _steps = schedules.Count >= 1 && steps.Count == schedules.Count - 1 && steps.All(n => n >= 1) ? steps
        : throw new SpecException($"[sequential] there are {schedules.Count} schedules and {steps.Count} step counts; give the steps, at least 1, of every schedule but the last", "steps");

    public override Spec Spec => new("sequential", new()
    {
        ["schedules"] = new JsonArray([.. schedules.Select(s => s.Spec.ToJson())]),
        ["steps"] = new JsonArray([.. _steps.Select(n => JsonValue.Create(n))]),
    });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long own = step;
        double rate = baseRate;
        for (int i = 0; i < _steps.Count; i++)
        {
            if (own < _steps[i])
            {
                return schedules[i].At(own, _steps[i], stepsPerEpoch, rate) with { Step = step };
            }

            rate = schedules[i].At(_steps[i], _steps[i], stepsPerEpoch, rate).LearningRate;
            own -= _steps[i];
        }

        return schedules[^1].At(own, Math.Max(1, totalSteps - _steps.Sum()), stepsPerEpoch, rate) with { Step = step };
    }
}
