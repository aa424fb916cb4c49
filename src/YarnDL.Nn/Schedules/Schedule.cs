namespace YarnDL.Nn;

/// <summary>The learning rate (and for one-cycle the momentum) of each step; a function of the step, the steps in all and the base rate.</summary>
public abstract class Schedule
{
    /// <summary>Schedules by name.</summary>
    public static Registry<Schedule> All { get; } = new Registry<Schedule>("schedule")
        .Register("constant", _ => new ConstantSchedule())
        .Register("step", o => new StepSchedule(o.Int("size"), o.Number("gamma", 0.1), PerEpoch(o), o.Int("first", 0)))
        .Register("multistep", o => new MultiStepSchedule(o.FindInts("milestones") ?? throw new SpecException("[multistep] option milestones is missing; give a list", "milestones"), o.Number("gamma", 0.1), PerEpoch(o)))
        .Register("exponential", o => new ExponentialSchedule(o.Number("gamma"), o.Int("size", 1), o.Flag("staircase"), PerEpoch(o)))
        .Register("inverseTime", o => new InverseTimeSchedule(o.Number("decay"), o.Int("size", 1), o.Flag("staircase"), PerEpoch(o)))
        .Register("polynomial", o => new PolynomialSchedule(o.Number("power", 1), o.Number("final", 0), o.FindInt("steps")))
        .Register("cosine", o => new CosineSchedule(o.Number("final", 0), o.FindInt("steps")))
        .Register("oneCycle", o => new OneCycleSchedule(o.FindNumber("maxRate"), o.Number("rise", 0.3), o.Choice("anneal", "cosine", "cosine", "linear") == "cosine",
            o.Number("startDivisor", 25), o.Number("finalDivisor", 1e4), o.Flag("threePhases"), o.Flag("cycleMomentum", true), o.Number("lowMomentum", 0.85), o.Number("highMomentum", 0.95)))
        .Register("warmUp", o => new WarmUpSchedule(o.Int("steps"), o.FindSpec("then") is { } then ? From(then) : new ConstantSchedule(), o.Number("startFactor", 0)))
        .Register("warmUpLinear", o => new WarmUpLinearSchedule(o.Number("portion", 0.1), o.FindInt("steps")))
        .Register("naturalExponential", o => new NaturalExponentialSchedule(o.Number("gamma"), o.Int("size", 1), o.Flag("staircase"), PerEpoch(o)))
        .Register("polynomialEpoch", o => new PolynomialEpochSchedule(o.Number("power", 1), o.FindInt("epochs")))
        .Register("cosineRestarts", o => new CosineRestartsSchedule(o.Int("first"), o.Int("factor", 1), o.Number("final", 0), PerEpoch(o)))
        .Register("growth", o => new GrowthSchedule(o.Number("delta")))
        .Register("sequential", o => new SequentialSchedule([.. (o.FindSpecs("schedules") ?? throw Missing("sequential", "schedules")).Select(From)], o.FindInts("steps") ?? []))
        .Register("epochDecayWarmUp", o => new EpochDecayWarmUpSchedule(o.Int("steps"), o.Number("delta"), o.FindInts("epochs") ?? throw Missing("epochDecayWarmUp", "epochs"), o.Number("gamma", 0.1)))
        .Register("epochDecay", o => new EpochDecaySchedule(o.FindInts("powers") ?? throw Missing("epochDecay", "powers"), o.Number("gamma", 0.1)))
        .Register("regimes", o => new RegimeSchedule(o.FindInts("epochs") ?? throw Missing("regimes", "epochs"), o.FindNumbers("rates") ?? throw Missing("regimes", "rates"), o.FindNumbers("weightDecays")))
        .Register("noam", o => new NoamSchedule(o.Int("width"), o.Int("warmUp", 4000), o.Number("factor", 1)))
        .Register("cyclic", o => new CyclicSchedule(o.Number("low"), o.Number("high"), o.Int("up", 2000), o.FindInt("down"), o.Text("mode", "triangular"), o.Number("gamma", 1)))
        .Register("linear", o => new LinearSchedule(o.Number("start"), o.Number("end", 1), o.Int("size", 5), PerEpoch(o)))
        .Register("inverseSqrt", o => new InverseSqrtSchedule(o.Int("warmUp")))
        .Register("plateau", o => new PlateauSchedule(o.Flag("higher"), o.Number("factor", 0.1), o.Int("patience", 10), o.Number("threshold", 1e-4), o.Flag("relative", true), o.Int("cooldown", 0),
            o.Number("least", 0), o.Number("epsilon", 1e-8)));

    public abstract Spec Spec { get; }

    /// <summary>The schedule that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Schedule From(Spec spec) => All.Create(spec);

    /// <param name="step">From 0.</param>
    /// <param name="totalSteps">Steps of the whole training.</param>
    /// <param name="stepsPerEpoch">Steps of one epoch.</param>
    /// <param name="baseRate">The optimizer's rate.</param>
    public abstract UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate);

    /// <summary>What a schedule that listens to measures carries from epoch to epoch, as it is before the first; empty for all others. Kept with the checkpoint to resume.</summary>
    public virtual double[] Begin(double baseRate) => [];

    /// <summary>Takes in the measure of a finished epoch.</summary>
    /// <param name="state">From <see cref="Begin"/>, changed in place.</param>
    /// <param name="measure">The validation loss or metric that decides.</param>
    public virtual void Observe(Span<double> state, double measure)
    {
    }

    /// <summary>The step of a schedule with state; others do not look at it.</summary>
    public virtual UpdateStep At(long step, long totalSteps, long stepsPerEpoch, double baseRate, ReadOnlySpan<double> state) => At(step, totalSteps, stepsPerEpoch, baseRate);

    /// <summary>The clock of a schedule: finished epochs, or steps.</summary>
    private protected static long Time(long step, long stepsPerEpoch, bool perEpoch) => perEpoch ? step / Math.Max(1, stepsPerEpoch) : step;

    private protected static long AtLeastOne(string area, string name, long value) =>
        value >= 1 ? value : throw new SpecException($"[{area}] {name} is {value}; it must be at least 1", name);

    private static SpecException Missing(string area, string option) => new($"[{area}] option {option} is missing; give a list", option);

    private static bool PerEpoch(SpecReader o) => o.Choice("per", "epoch", "epoch", "step") == "epoch";
}
