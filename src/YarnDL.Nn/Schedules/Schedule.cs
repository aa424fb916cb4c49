namespace YarnDL.Nn;

/// <summary>The learning rate (and for one-cycle the momentum) of each step; a function of the step, the steps in all and the base rate.</summary>
public abstract class Schedule
{
    /// <summary>Schedules by name.</summary>
    public static Registry<Schedule> All { get; } = new Registry<Schedule>("schedule")
        .Register("constant", _ => new ConstantSchedule())
        .Register("step", o => new StepSchedule(o.Int("size"), o.Number("gamma", 0.1), PerEpoch(o)))
        .Register("multistep", o => new MultiStepSchedule(o.FindInts("milestones") ?? throw new SpecException("[multistep] option milestones is missing; give a list", "milestones"), o.Number("gamma", 0.1), PerEpoch(o)))
        .Register("exponential", o => new ExponentialSchedule(o.Number("gamma"), o.Int("size", 1), o.Flag("staircase"), PerEpoch(o)))
        .Register("inverseTime", o => new InverseTimeSchedule(o.Number("decay"), o.Int("size", 1), o.Flag("staircase"), PerEpoch(o)))
        .Register("polynomial", o => new PolynomialSchedule(o.Number("power", 1), o.Number("final", 0), o.FindInt("steps")))
        .Register("cosine", o => new CosineSchedule(o.Number("final", 0), o.FindInt("steps")))
        .Register("oneCycle", o => new OneCycleSchedule(o.FindNumber("maxRate"), o.Number("rise", 0.3), o.Choice("anneal", "cosine", "cosine", "linear") == "cosine",
            o.Number("startDivisor", 25), o.Number("finalDivisor", 1e4), o.Flag("threePhases"), o.Flag("cycleMomentum", true), o.Number("lowMomentum", 0.85), o.Number("highMomentum", 0.95)))
        .Register("warmUp", o => new WarmUpSchedule(o.Int("steps"), o.FindSpec("then") is { } then ? From(then) : new ConstantSchedule(), o.Number("startFactor", 0)));

    public abstract Spec Spec { get; }

    /// <summary>The schedule that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Schedule From(Spec spec) => All.Create(spec);

    /// <param name="step">From 0.</param>
    /// <param name="totalSteps">Steps of the whole training.</param>
    /// <param name="stepsPerEpoch">Steps of one epoch.</param>
    /// <param name="baseRate">The optimizer's rate.</param>
    public abstract UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate);

    /// <summary>The clock of a schedule: finished epochs, or steps.</summary>
    private protected static long Time(long step, long stepsPerEpoch, bool perEpoch) => perEpoch ? step / Math.Max(1, stepsPerEpoch) : step;

    private protected static long AtLeastOne(string area, string name, long value) =>
        value >= 1 ? value : throw new SpecException($"[{area}] {name} is {value}; it must be at least 1", name);

    private static bool PerEpoch(SpecReader o) => o.Choice("per", "epoch", "epoch", "step") == "epoch";
}
