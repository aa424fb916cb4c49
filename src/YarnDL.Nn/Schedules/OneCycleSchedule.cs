using YarnDL.Tensors;

namespace YarnDL.Nn;

/// <summary>
/// One cycle: from maxRate / startDivisor up to maxRate over a part of the training, then down to the start rate / finalDivisor; the momentum
/// (beta1 of Adam) runs the other way. PyTorch's formula. Smith and Topin, 2018.
/// </summary>
/// <param name="maxRate">Null: the optimizer's rate.</param>
/// <param name="rise">The part of the steps in which the rate grows.</param>
/// <param name="cosine">Cosine, else straight lines.</param>
/// <param name="startDivisor">maxRate over the first rate.</param>
/// <param name="finalDivisor">First rate over the last rate.</param>
/// <param name="threePhases">Down to the first rate as slowly as up, then to the last.</param>
/// <param name="cycleMomentum">Whether the momentum is driven too.</param>
/// <param name="lowMomentum">Momentum at the largest rate.</param>
/// <param name="highMomentum">Momentum at the smallest rate.</param>
public sealed class OneCycleSchedule(double? maxRate = null, double rise = 0.3, bool cosine = true, double startDivisor = 25, double finalDivisor = 1e4,
    bool threePhases = false, bool cycleMomentum = true, double lowMomentum = 0.85, double highMomentum = 0.95) : Schedule
{
    private readonly double _rise = rise is >= 0 and <= 1 ? rise : throw new SpecException($"[oneCycle] rise is {rise}; it must be in 0..1", "rise");

    public override Spec Spec
    {
        get
        {
            var spec = new Spec("oneCycle", new()
            {
                ["rise"] = _rise,
                ["anneal"] = cosine ? "cosine" : "linear",
                ["startDivisor"] = startDivisor,
                ["finalDivisor"] = finalDivisor,
                ["threePhases"] = threePhases,
                ["cycleMomentum"] = cycleMomentum,
                ["lowMomentum"] = lowMomentum,
                ["highMomentum"] = highMomentum,
            });
            if (maxRate is { } rate)
            {
                spec.Options["maxRate"] = rate;
            }

            return spec;
        }
    }

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double peak = maxRate ?? baseRate;
        double first = peak / startDivisor;
        double last = first / finalDivisor;
        double up = (_rise * totalSteps) - 1;
        double end = totalSteps - 1;
        double t = Math.Min(step, end);
        if (t <= up)
        {
            return At(step, t, 0, up, first, peak, highMomentum, lowMomentum);
        }

        if (!threePhases)
        {
            return At(step, t, up, end, peak, last, lowMomentum, highMomentum);
        }

        double down = (2 * _rise * totalSteps) - 2;
        return t <= down ? At(step, t, up, down, peak, first, lowMomentum, highMomentum) : At(step, t, down, end, first, last, highMomentum, highMomentum);
    }

    private UpdateStep At(long step, double t, double from, double to, double rate0, double rate1, double momentum0, double momentum1)
    {
        double part = to > from ? (t - from) / (to - from) : 1;
        return new(step, Between(rate0, rate1, part), cycleMomentum ? Between(momentum0, momentum1, part) : null);
    }

    private double Between(double start, double end, double part) =>
        cosine ? end + ((start - end) / 2 * (1 + Maths.Cos(Math.PI * part))) : start + ((end - start) * part);
}
