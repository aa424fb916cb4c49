using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>
/// How a step goes, where the phases one after the other are not it: a critic that is updated five times, a phase that is skipped, a gradient that is changed.
/// Derive from it, and give it to <see cref="TrainingPlan.StepFunction"/>. It must depend on nothing but the context, else bits differ from run to run.
/// </summary>
public abstract class StepFunction
{
    /// <summary>Step functions by name, for job files; add your own.</summary>
    public static Registry<StepFunction> All { get; } = new Registry<StepFunction>("step function")
        .Register("repeat", o => new RepeatPhases(o.FindInts("times") ?? throw new SpecException("[repeat] option times is missing; give a number for each phase", "times")));

    /// <summary>The step function that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static StepFunction From(Spec spec) => All.Create(spec);

    /// <summary>Names it with its settings: a run is resumed only by a step function of the same name.</summary>
    public abstract string Name { get; }

    /// <summary>Carries out one step.</summary>
    public abstract void Run(IStepContext context);
}
