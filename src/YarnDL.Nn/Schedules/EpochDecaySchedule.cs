using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>base·gamma^powers[epoch], epochs counted from 0; the last power holds from then on.</summary>
public sealed class EpochDecaySchedule(IReadOnlyList<long> powers, double gamma = 0.1) : Schedule
{
    private readonly IReadOnlyList<long> _powers = powers.Count > 0 && powers.All(p => p >= 0) ? powers
        : throw new SpecException("[epochDecay] powers must be a list of one or more whole numbers from 0, one per epoch", "powers");

    public override Spec Spec => new("epochDecay", new() { ["powers"] = new JsonArray([.. _powers.Select(p => JsonValue.Create(p))]), ["gamma"] = gamma });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) =>
        new(step, baseRate * IntegerPower.Of(gamma, _powers[(int)Math.Min(_powers.Count - 1, Time(step, stepsPerEpoch, perEpoch: true))]));
}
