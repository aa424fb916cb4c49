using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>base + delta·t for the first <c>steps</c> steps, then (base + delta·steps)·gamma^(decay epochs reached), epochs counted from 1.</summary>
public sealed class EpochDecayWarmUpSchedule(long steps, double delta, IReadOnlyList<long> epochs, double gamma = 0.1) : Schedule
{
    private readonly long _steps = steps >= 0 ? steps : throw new SpecException($"[epochDecayWarmUp] steps is {steps}; it must be at least 0", "steps");

    public override Spec Spec => new("epochDecayWarmUp", new()
    {
        ["steps"] = _steps,
        ["delta"] = delta,
        ["epochs"] = new JsonArray([.. epochs.Select(e => JsonValue.Create(e))]),
        ["gamma"] = gamma,
    });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long epoch = Time(step, stepsPerEpoch, perEpoch: true) + 1;
        return new(step, step < _steps ? baseRate + (delta * step) : (baseRate + (delta * _steps)) * IntegerPower.Of(gamma, epochs.Count(e => e <= epoch)));
    }
}
