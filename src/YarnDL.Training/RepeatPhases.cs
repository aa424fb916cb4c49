using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>Phases one after the other, each as often as it is said before the next one: a critic that learns five times from the rows of a step.</summary>
public sealed class RepeatPhases : StepFunction
{
    private readonly long[] _times;

    /// <param name="times">One for each phase, at least 0.</param>
    /// <exception cref="SpecException">A number is negative, or all are 0.</exception>
    public RepeatPhases(params IReadOnlyList<long> times)
    {
        _times = [.. times];
        if (Array.TrueForAll(_times, t => t == 0) || Array.Exists(_times, t => t < 0))
        {
            throw new SpecException($"[repeat] times is {string.Join(", ", _times)}; it must be at least 0 for each phase, and more for one", "times");
        }
    }

    public override string Name => $"repeat {string.Join(' ', _times)}";

    public override void Run(IStepContext context)
    {
        if (context.Phases != _times.Length)
        {
            throw new TrainingException(TrainingFault.Job, $"[repeat] times has {_times.Length} numbers, the step has {context.Phases} phases; give one for each");
        }

        for (int phase = 0; phase < _times.Length; phase++)
        {
            for (long i = 0; i < _times[phase]; i++)
            {
                context.Compute(phase);
                context.Update(phase);
            }
        }
    }
}
