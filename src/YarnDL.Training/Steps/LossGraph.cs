using YarnDL.Graphs;
using YarnDL.Nn;

namespace YarnDL.Training.Steps;

/// <summary>One thing that a phase minimises, as nodes: a loss of the plan, or the penalty of a layer's output (its mean over the rows).</summary>
internal sealed class LossGraph
{
    private readonly LossTerm? _term;
    private readonly (string Value, Penalty Penalty) _penalty;
    private readonly Bindings _inputs;
    private readonly string _counted;
    private readonly Graph _model;

    private LossGraph(string name, LossTerm? term, (string Value, Penalty Penalty) penalty, Bindings inputs, string counted, Graph model) =>
        (Name, _term, _penalty, _inputs, _counted, _model) = (name, term, penalty, inputs, counted, model);

    /// <summary>As it is shown.</summary>
    public string Name { get; }

    public double Weight => _term?.Weight ?? 1;

    /// <summary>The losses of a phase, then the penalties of outputs.</summary>
    public static IReadOnlyList<LossGraph> Of(Model model, PhasePlan phase, Bindings inputs)
    {
        // Rows are counted by any column that is read anyway.
        string target = phase.Losses.FirstOrDefault(l => l.TargetValue is null) is { } judged ? Names(judged.TargetColumn)[0] : inputs.All[0].Column;
        (Value Value, Penalty Penalty)[] penalties = [.. model.Penalties.Where(p => p.Value.Kind != ValueKind.Parameter)];
        bool one = phase.Losses.Count + penalties.Length == 1;
        return
        [
            .. phase.Losses.Select((l, i) => new LossGraph(one ? "loss" : $"loss_{(l.TargetValue is null ? l.TargetColumn : l.Output)}_{i}", l, default, inputs, target, model.Graph)),
            .. penalties.Select(p => new LossGraph("penalty_" + p.Value.Name, null, (p.Value.Name, p.Penalty), inputs, target, model.Graph)),
        ];
    }

    /// <summary>Names with commas between, as a list.</summary>
    public static string[] Names(string list) => list.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>An output of the model.</summary>
    /// <exception cref="TrainingException">It has none of that name.</exception>
    public static Value Output(Graph model, string name) =>
        model.Outputs.FirstOrDefault(o => o.Name == name)
            ?? throw new TrainingException(TrainingFault.Job, $"[plan] output {name} is judged, the model has {string.Join(", ", model.Outputs.Select(o => o.Name))}; name one of these");

    /// <summary>Appends the sum over rows.</summary>
    public Value Numerator(GraphBuilder g, Graph model)
    {
        if (_term is null)
        {
            return _penalty.Penalty.Append(g, model.Find(_penalty.Value)!);
        }

        Value[] predictions = Array.ConvertAll(Names(_term.Output), n => Output(model, n));
        Value[] targets = Targets(g);
        Value? weight = _inputs.Weight(g, _term.RowWeightColumn);
        return _term.Loss is TermLoss several ? several.Numerator(g, predictions, targets, weight)
            : predictions.Length == 1 && targets.Length == 1 ? _term.Loss.Numerator(g, predictions[0], targets[0], weight)
            : throw new TrainingException(TrainingFault.Job, $"[plan] loss {_term.Loss.Spec.Type} judges one output against one target; it is given {predictions.Length} and {targets.Length}; name one of each");
    }

    /// <summary>Appends the denominator.</summary>
    public Value Denominator(GraphBuilder g)
    {
        if (_term is null)
        {
            return Penalty.CountRows(g, _inputs.Target(g, _counted));
        }

        Value[] targets = Targets(g);
        Value? weight = _inputs.Weight(g, _term.RowWeightColumn);
        return _term.Loss is TermLoss several ? several.Denominator(g, targets, weight) : _term.Loss.Denominator(g, targets[0], weight);
    }

    private Value[] Targets(GraphBuilder g) => _term!.TargetValue is { } value
        ? [_term.Loss.ConstantTarget(g, value, Output(_model, Names(_term.Output)[0]).Shape, _inputs.Target(g, _counted))]
        : Array.ConvertAll(Names(_term.TargetColumn), n => _inputs.Target(g, n));
}
