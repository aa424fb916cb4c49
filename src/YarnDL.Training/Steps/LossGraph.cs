using YarnDL.Graphs;
using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>The nodes of one loss of a plan.</summary>
internal static class LossGraph
{
    /// <summary>Names with commas between, as a list.</summary>
    public static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>Appends the sum over rows.</summary>
    public static Value Numerator(LossTerm term, GraphBuilder g, Graph model, Bindings inputs)
    {
        Value[] predictions = Array.ConvertAll(Names(term.Output), n => Output(model, n));
        Value[] targets = Targets(term, g, inputs);
        Value? weight = inputs.Weight(g, term.RowWeightColumn);
        return term.Loss is TermLoss several ? several.Numerator(g, predictions, targets, weight)
            : predictions.Length == 1 && targets.Length == 1 ? term.Loss.Numerator(g, predictions[0], targets[0], weight)
            : throw new TrainingException(TrainingFault.Job, $"[plan] loss {term.Loss.Spec.Type} judges one output against one target; it is given {predictions.Length} and {targets.Length}; name one of each");
    }

    /// <summary>Appends the denominator.</summary>
    public static Value Denominator(LossTerm term, GraphBuilder g, Bindings inputs)
    {
        Value[] targets = Targets(term, g, inputs);
        Value? weight = inputs.Weight(g, term.RowWeightColumn);
        return term.Loss is TermLoss several ? several.Denominator(g, targets, weight) : term.Loss.Denominator(g, targets[0], weight);
    }

    /// <summary>An output of the model.</summary>
    /// <exception cref="TrainingException">It has none of that name.</exception>
    public static Value Output(Graph model, string name) =>
        model.Outputs.FirstOrDefault(o => o.Name == name)
            ?? throw new TrainingException(TrainingFault.Job, $"[plan] the loss judges output {name}, the model has {string.Join(", ", model.Outputs.Select(o => o.Name))}; name one of these");

    private static Value[] Targets(LossTerm term, GraphBuilder g, Bindings inputs) => Array.ConvertAll(Names(term.TargetColumn), n => inputs.Target(g, n));
}
