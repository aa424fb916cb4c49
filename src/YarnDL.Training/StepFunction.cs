namespace YarnDL.Training;

/// <summary>
/// How a step goes, where the phases one after the other are not it: a critic that is updated five times, a phase that is skipped, a gradient that is changed.
/// Derive from it, and give it to <see cref="TrainingPlan.StepFunction"/>. It must depend on nothing but the context, else bits differ from run to run.
/// </summary>
public abstract class StepFunction
{
    /// <summary>Names it with its settings: a run is resumed only by a step function of the same name.</summary>
    public abstract string Name { get; }

    /// <summary>Carries out one step.</summary>
    public abstract void Run(IStepContext context);
}
