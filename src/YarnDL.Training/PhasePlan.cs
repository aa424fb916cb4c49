using YarnDL.Nn;

namespace YarnDL.Training;

/// <summary>
/// One phase of a step: its losses, and the parameters that it trains with its optimizer. The phases of a step see the same rows, one after the other,
/// each with the weights that the phase before has left: a discriminator and a generator take turns in this way.
/// </summary>
public sealed record PhasePlan
{
    /// <summary>Names it in metrics and messages.</summary>
    public required string Name { get; init; }

    /// <summary>Losses with output and target column; their weighted sum is minimised.</summary>
    public required IReadOnlyList<LossTerm> Losses { get; init; }

    /// <summary>What is measured; without names on the output and target of the first loss.</summary>
    public IReadOnlyList<MetricTerm> Metrics { get; init; } = [];

    /// <summary>Name patterns of the parameters that the phase trains, as those of <see cref="ParameterRule.Pattern"/>.</summary>
    public IReadOnlyList<string> Trains { get; init; } = ["*"];

    public required Optimizer Optimizer { get; init; }

    /// <summary>Null: the plan's.</summary>
    public Schedule? Schedule { get; init; }

    /// <summary>Runs in every so many steps only: 5 for a generator that learns once while its critic learns five times. The first phase runs in every step.</summary>
    public int Every { get; init; } = 1;
}
