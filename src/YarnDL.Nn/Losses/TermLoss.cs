using YarnDL.Graphs;

namespace YarnDL.Nn;

/// <summary>
/// A loss that is the mean of terms, each from one row: numerator = weighted sum of the terms, denominator = their number, weighted by the rows. It may judge several
/// predictions against several targets; one that needs no target still takes a column, to count rows by.
/// </summary>
public abstract class TermLoss : Loss
{
    /// <summary>What there is a term for.</summary>
    public virtual LossTerms Each => LossTerms.Elements;

    /// <summary>Appends nodes for the terms (N, ...), before weights and sums: what PyTorch calls no reduction.</summary>
    /// <exception cref="GraphException">Shapes or numbers of inputs do not fit.</exception>
    public abstract Value Terms(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets);

    /// <inheritdoc cref="Loss.Numerator"/>
    public Value Numerator(GraphBuilder g, IReadOnlyList<Value> predictions, IReadOnlyList<Value> targets, Value? rowWeight)
    {
        Value terms = Terms(g, predictions, targets);
        return Rows.Sum(g, rowWeight is null ? terms : g.Add("Mul", terms, Rows.Weights(g, rowWeight, terms)));
    }

    /// <inheritdoc cref="Loss.Denominator"/>
    public virtual Value Denominator(GraphBuilder g, IReadOnlyList<Value> targets, Value? rowWeight)
    {
        Value counted = Each switch
        {
            LossTerms.Elements => targets[0],
            LossTerms.Positions => Rows.First(g, targets[0], targets[0].Shape.Rank - 1),
            _ => Rows.First(g, targets[0], 1),
        };
        return Rows.Sum(g, g.Add("ExpandLike", rowWeight is null ? g.Constant(1f) : Rows.Weights(g, rowWeight, counted), counted));
    }

    public sealed override Value Numerator(GraphBuilder g, Value prediction, Value target, Value? rowWeight) => Numerator(g, [prediction], [target], rowWeight);

    public sealed override Value Denominator(GraphBuilder g, Value target, Value? rowWeight) => Denominator(g, [target], rowWeight);

    /// <summary>A prediction (N, 1) against a target (N) counts as (N).</summary>
    private protected Term Like(GraphBuilder g, Value prediction, Value target)
    {
        if (prediction.Shape.Rank == target.Shape.Rank + 1 && prediction.Shape[^1] == 1)
        {
            prediction = g.Add("Squeeze", prediction, g.Constant(-1L));
        }

        return prediction.Shape.Equals(target.Shape) ? new Term(g, prediction)
            : throw new GraphException($"[{Spec.Type}] the prediction has shape {prediction.Shape}, the target {target.DType}{target.Shape}; both must be of one shape");
    }

    /// <summary>An option that must be more than 0.</summary>
    private protected static double Positive(string loss, string option, double value) =>
        value > 0 ? value : throw new SpecException($"[{loss}] {option} is {value}; it must be more than 0", option);

    private protected void Expect(IReadOnlyList<Value> values, string what, int least, int most)
    {
        if (values.Count < least || values.Count > most)
        {
            throw new GraphException($"[{Spec.Type}] {values.Count} {what} are given; it takes {(least == most ? $"{least}" : $"{least} to {most}")}");
        }
    }
}
