namespace YarnDL.Nn;

/// <summary>
/// The rate times factor when a measure has not become better for more than <c>patience</c> epochs, PyTorch's rules: better = beyond best by the threshold, relative or
/// absolute; after a cut, <c>cooldown</c> epochs do not count; cuts smaller than epsilon are left out.
/// </summary>
/// <param name="higher">True when a larger measure is better.</param>
/// <param name="factor">Of a cut.</param>
/// <param name="patience">Epochs without progress that are borne.</param>
/// <param name="threshold">The least progress.</param>
/// <param name="relative">Whether the threshold is a part of the best measure.</param>
/// <param name="cooldown">Epochs after a cut.</param>
/// <param name="least">The smallest rate.</param>
/// <param name="epsilon">The smallest cut.</param>
public sealed class PlateauSchedule(bool higher = false, double factor = 0.1, long patience = 10, double threshold = 1e-4, bool relative = true, long cooldown = 0,
    double least = 0, double epsilon = 1e-8) : Schedule
{
    private const int Rate = 0;
    private const int Best = 1;
    private const int Bad = 2;
    private const int Cooling = 3;
    private const int Seen = 4;

    private readonly double _factor = factor is > 0 and < 1 ? factor : throw new SpecException($"[plateau] factor is {factor}; it must be between 0 and 1", "factor");

    public override Spec Spec => new("plateau", new()
    {
        ["higher"] = higher,
        ["factor"] = _factor,
        ["patience"] = patience,
        ["threshold"] = threshold,
        ["relative"] = relative,
        ["cooldown"] = cooldown,
        ["least"] = least,
        ["epsilon"] = epsilon,
    });

    /// <summary>Rate, best measure, epochs without progress, epochs of cooldown left, measures seen.</summary>
    public override double[] Begin(double baseRate) => [baseRate, 0, 0, 0, 0];

    /// <summary>The base rate: without measures there is no progress to miss.</summary>
    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate) => new(step, baseRate);

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate, ReadOnlySpan<double> state) => new(step, state[Rate]);

    public override void Observe(Span<double> state, double measure)
    {
        double margin = relative ? threshold * state[Best] : threshold;
        bool better = double.IsFinite(measure) && (state[Seen] == 0 || (higher ? measure > state[Best] + margin : measure < state[Best] - margin));
        state[Seen] += better ? 1 : 0;
        state[Best] = better ? measure : state[Best];
        state[Bad] = better ? 0 : state[Bad] + 1;
        if (state[Cooling] > 0)
        {
            state[Cooling]--;
            state[Bad] = 0;
        }

        if (state[Bad] > patience)
        {
            double next = Math.Max(state[Rate] * _factor, least);
            state[Rate] = state[Rate] - next > epsilon ? next : state[Rate];
            state[Cooling] = cooldown;
            state[Bad] = 0;
        }
    }
}
