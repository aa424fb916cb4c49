using System.Text.Json.Nodes;

namespace YarnDL.Nn;

/// <summary>A rate, and where given a weight decay, for each span of epochs: the last regime whose first epoch (from 1) is reached; the base rate before the first.</summary>
/// <param name="epochs">First epoch of each regime, ascending.</param>
/// <param name="rates">As many.</param>
/// <param name="weightDecays">As many, or null.</param>
public sealed class RegimeSchedule(IReadOnlyList<long> epochs, IReadOnlyList<double> rates, IReadOnlyList<double>? weightDecays = null) : Schedule
{
    private readonly IReadOnlyList<double> _rates = rates.Count == epochs.Count && (weightDecays is null || weightDecays.Count == epochs.Count) && epochs.Zip(epochs.Skip(1), (a, b) => a < b).All(up => up)
        ? rates : throw new SpecException($"[regimes] there are {epochs.Count} epochs, {rates.Count} rates and {weightDecays?.Count ?? 0} weight decays; give as many of each, epochs ascending", "epochs");

    public override Spec Spec
    {
        get
        {
            var spec = new Spec("regimes", new()
            {
                ["epochs"] = new JsonArray([.. epochs.Select(e => JsonValue.Create(e))]),
                ["rates"] = new JsonArray([.. _rates.Select(r => JsonValue.Create(r))]),
            });
            if (weightDecays is not null)
            {
                spec.Options["weightDecays"] = new JsonArray([.. weightDecays.Select(d => JsonValue.Create(d))]);
            }

            return spec;
        }
    }

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        long epoch = Time(step, stepsPerEpoch, perEpoch: true) + 1;
        int regime = epochs.Count(e => e <= epoch) - 1;
        return regime < 0 ? new(step, baseRate) : new(step, _rates[regime], WeightDecay: weightDecays?[regime]);
    }
}
