using YarnDL.Nn;

namespace OwnCode;

/// <summary>A schedule: half the rate after every so many epochs; a function of the step alone.</summary>
internal sealed class Halving(long every) : Schedule
{
    public override Spec Spec => new("halving", new() { ["every"] = every });

    public override UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate)
    {
        double rate = baseRate;
        for (long epoch = step / Math.Max(1, stepsPerEpoch); epoch >= every; epoch -= every)
        {
            rate /= 2;
        }

        return new UpdateStep(step, rate);
    }
}
