using YarnDL.Graphs;

namespace YarnDL.Training.Steps;

/// <summary>
/// From the sums over shards to gradients of parameters: a sum that is the gradient of a parameter is taken as it is; where a parameter is used several
/// times, or is reshaped or normalised before rows meet it, a graph goes from the sums to the parameters, once, in the driver.
/// </summary>
public sealed record GradientLayout
{
    public static GradientLayout None { get; } = new() { Tensors = [], Copies = [] };

    /// <summary>The trained tensors with dense gradients, in the order of the parameters; their gradients lie one after the other.</summary>
    public required IReadOnlyList<TrainedTensor> Tensors { get; init; }

    /// <summary>Which sums are gradients: the place among the sums, the place among the gradients, elements.</summary>
    public required IReadOnlyList<(long From, long To, long Count)> Copies { get; init; }

    /// <summary>Null, or the graph for all others.</summary>
    public Graph? Finish { get; init; }

    /// <summary>Inputs of <see cref="Finish"/>: the place of each among the sums.</summary>
    public IReadOnlyList<VectorOutput> Inputs { get; init; } = [];

    /// <summary>Outputs of <see cref="Finish"/>: the place of each among the gradients.</summary>
    public IReadOnlyList<VectorOutput> Outputs { get; init; } = [];

    /// <summary>Elements of the gradients.</summary>
    public long Count => Tensors.Sum(t => t.Count);
}
