using System.Text.Json.Nodes;
using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>A loss as numerator and denominator: loss = numerator / denominator over all rows of the batch, whatever the shards.</summary>
public abstract class Loss
{
    /// <summary>Losses by name.</summary>
    public static Registry<Loss> All { get; } = new Registry<Loss>("loss")
        .Register("crossEntropy", o => new CrossEntropy(o.FindNumbers("classWeights"), o.FindInt("ignoreIndex"), o.Number("labelSmoothing", 0)))
        .Register("mse", _ => new Mse());

    public abstract Spec Spec { get; }

    /// <summary>Softmax cross entropy of logits (N, classes, ...) against labels (N, ...), mean over the labels.</summary>
    public static Loss CrossEntropy(IReadOnlyList<double>? classWeights = null, long? ignoreIndex = null, double labelSmoothing = 0) =>
        new CrossEntropy(classWeights, ignoreIndex, labelSmoothing);

    /// <summary>Mean squared error over all elements.</summary>
    public static Loss Mse() => new Mse();

    /// <summary>The loss that a spec names.</summary>
    /// <exception cref="SpecException">The name or an option is unknown, or a value does not fit.</exception>
    public static Loss From(Spec spec) => All.Create(spec);

    /// <summary>Appends nodes for the sum over rows, a scalar. The sum over rows is one of the table's row reductions.</summary>
    public abstract Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight);

    /// <summary>Appends nodes for the denominator, a scalar that depends on targets and row weights only.</summary>
    public abstract Value Denominator(GraphBuilder g, Value target, Value? rowWeight);
}
