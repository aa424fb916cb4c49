using YarnDL.Nn;

namespace OwnCode;

/// <summary>A schedule: half the rate after every so many epochs; a function of the step alone.</summary>
internal sealed class Halving(long every) : Schedule
{
    private readonly long _every = every > 0 ? every : throw new ArgumentOutOfRangeException(nameof(every), every, "the rate is halved after at least one epoch");

    public override Spec Spec => new("halving", new() { ["every"] = _every });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double rate = baseRate;
        for (long epoch = step / Math.Max(1, stepsPerEpoch); epoch >= _every; epoch -= _every)
        {
            rate /= 2;
        }

        return new UpdateStep(step, rate);
    }
}
