namespace YarnDL.Nn;

/// <summary>When something is to happen: a checkpoint, an evaluation, the end. It remembers nothing, so a resumed run fires as an unbroken one.</summary>
public abstract class Trigger
{
    /// <summary>Triggers by name.</summary>
    public static Registry<Trigger> All { get; } = new Registry<Trigger>("trigger")
        .Register("everyEpoch", _ => new EveryEpoch())
        .Register("everySteps", o => new EverySteps(o.Int("steps")))
        .Register("everySeconds", o => new EverySeconds(o.Number("seconds")))
        .Register("maxEpoch", o => new MaxEpoch(o.Int("epochs")))
        .Register("maxSteps", o => new MaxSteps(o.Int("steps")))
        .Register("maxScore", o => new MaxScore(o.Number("score")))
        .Register("minLoss", o => new MinLoss(o.Number("loss")))
        .Register("and", o => new AllOf(Several(o)))
        .Register("or", o => new AnyOf(Several(o)));

    public abstract Spec Spec { get; }

    /// <summary>The trigger that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Trigger From(Spec spec) => All.Create(spec);

    /// <summary>True when it looks at the clock: then it may decide when something is written, not what is computed.</summary>
    public virtual bool UsesClock => false;

    /// <summary>Whether it fires after this step.</summary>
    public abstract bool Fires(in TriggerMoment moment);

    private protected static long AtLeastOne(string area, string name, long value) =>
        value >= 1 ? value : throw new SpecException($"[{area}] {name} is {value}; it must be at least 1", name);

    private static Trigger[] Several(SpecReader o) =>
        [.. (o.FindSpecs("triggers") ?? throw new SpecException($"[{o.Area}] option triggers is missing; give a list", "triggers")).Select(From)];
}
