namespace YarnDL.Training.Steps;

/// <summary>What one update is, whoever computes it: phases, and how rows are dealt. Travels as bytes (<see cref="StepPlanFormat"/>).</summary>
public sealed record StepPlan
{
    public required IReadOnlyList<Phase> Phases { get; init; }

    public required int Batch { get; init; }

    public required int Shards { get; init; }

    public required ulong Seed { get; init; }

    public required bool Shuffle { get; init; }

    /// <summary>Elements of the flat parameter vector.</summary>
    public required long ParameterCount { get; init; }

    /// <summary>Elements of the flat buffer vector.</summary>
    public required long BufferCount { get; init; }

    /// <summary>Losses of all phases: the denominators of a step.</summary>
    public int Losses => Phases.Sum(p => p.Losses.Count);

    /// <summary>The place of a phase's first denominator among those of a step.</summary>
    public int FirstLoss(int phase) => Phases.Take(phase).Sum(p => p.Losses.Count);
}
