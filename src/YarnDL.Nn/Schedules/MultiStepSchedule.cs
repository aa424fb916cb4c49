using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>base·gamma^(milestones reached), t in epochs or steps.</summary>
public sealed class MultiStepSchedule(IReadOnlyList<long> milestones, double gamma = 0.1, bool perEpoch = true) : Schedule
{
    public override Spec Spec => new("multistep", new()
    {
        ["milestones"] = new JsonArray([.. milestones.Select(m => JsonValue.Create(m))]),
        ["gamma"] = gamma,
        ["per"] = perEpoch ? "epoch" : "step",
    });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long t = Time(step, stepsPerEpoch, perEpoch);
        return new(step, baseRate * IntegerPower.Of(gamma, milestones.Count(m => m <= t)));
    }
}
