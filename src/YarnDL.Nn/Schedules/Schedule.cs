namespace YarnDL.Nn;

/// <summary>The learning rate (and for one-cycle the momentum) of each step; a function of the step, the steps in all and the base rate.</summary>
public abstract class Schedule
{
    public abstract Spec Spec { get; }

    /// <param name="step">From 0.</param>
    /// <param name="totalSteps">Steps of the whole training.</param>
    /// <param name="stepsPerEpoch">Steps of one epoch.</param>
    /// <param name="baseRate">The optimizer's rate.</param>
    public abstract UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate);
}
