using YarnDL.Data.Encoding;
using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Passes;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// Makes the phases of a training out of a model: forward, loss numerators, and the gradients of
/// sum of weight * numerator / denominator, with the denominators as scalar inputs so that the gradients of shards simply add up.
/// </summary>
public static class TrainingGraph
{
    private const string BufferPrefix = "buffer/";

    /// <summary>The step plan of a training.</summary>
    /// <exception cref="TrainingException">Inputs, outputs, columns or parameters that the plan names do not exist or do not fit.</exception>
    public static StepPlan Build(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards) => Build(plan, columns, shards, gradients: true);

    /// <summary>A step plan that can only be evaluated: its model may be forward only.</summary>
    /// <exception cref="TrainingException">Inputs, outputs or columns that the plan names do not exist or do not fit.</exception>
    public static StepPlan BuildEvaluation(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards) => Build(plan, columns, shards, gradients: false);

    private static StepPlan Build(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards, bool gradients)
    {
        Graph model = plan.Model.Graph;
        return new StepPlan
        {
            Phases = [.. plan.AllPhases.Select(p => Phase(plan, p, columns, gradients))],
            Batch = plan.BatchSize,
            Shards = shards,
            Seed = plan.Seed,
            Shuffle = plan.Shuffle,
            ParameterCount = model.ParameterCount,
            BufferCount = model.BufferCount,
        };
    }

    private static Phase Phase(TrainingPlan plan, PhasePlan phase, IReadOnlyList<EncodedColumn> columns, bool withGradients)
    {
        if (phase.Losses.Count == 0)
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] {(plan.Phases.Count == 0 ? "" : $"phase {phase.Name}: ")}there is no loss; name at least one");
        }

        Graph model = plan.Model.Graph;
        var inputs = new Bindings(columns);
        foreach (Value input in model.Inputs)
        {
            inputs.Add(input, plan.Inputs.GetValueOrDefault(input.Name)
                ?? throw new TrainingException(TrainingFault.Job, $"[plan] model input {input.Name} is fed by no column; the plan feeds {string.Join(", ", plan.Inputs.Keys.Order(StringComparer.Ordinal))}; name its column"));
        }

        IReadOnlyList<PhaseGroup> groups = withGradients ? PhaseGroup.Of(plan, phase) : [];
        (Graph form, IReadOnlyList<(Value Buffer, Value Update)> updates) = TrainingForm.Apply(model);
        var gradients = new PhaseGradients(form, groups, plan.Model.Penalties.Where(p => p.Value.Kind == ValueKind.Parameter).ToDictionary(p => p.Value.Name, p => p.Penalty, StringComparer.Ordinal), plan.BatchSize);
        form = gradients.Graph;
        var training = GraphBuilder.From(form);
        var roots = new List<(Value, Value)>();
        IReadOnlyList<LossGraph> terms = LossGraph.Of(plan.Model, phase, inputs);
        for (int i = 0; i < terms.Count; i++)
        {
            Value numerator = Named(training, terms[i].Numerator(training, form), $"numerator_{i}");
            Value denominator = training.Input($"denominator_{i}", DType.Float32, SymbolicShape.Scalar);
            roots.Add((numerator, training.Add("Div", training.Constant((float)terms[i].Weight), denominator)));
        }

        var outputs = new List<Value>(roots.Select(r => r.Item1));
        gradients.Append(training, roots, outputs);
        var buffers = new List<VectorOutput>();
        HashSet<Value> used = Ancestors([.. outputs]);
        foreach ((Value buffer, Value update) in updates)
        {
            Value now = gradients.Now(update);
            if (plan.Phases.Count > 1 && !used.Contains(now.Producer!.Outputs[0]!))
            {
                continue;
            }

            Value named = Named(training, now, BufferPrefix + buffer.Name);
            outputs.Add(named);
            buffers.Add(new VectorOutput(named.Name, buffer.Offset, buffer.Shape.At(1).ElementCount));
        }

        PhaseMetric[] metrics = [.. phase.Metrics.Select(m => Metric(model, phase, m, inputs))];
        foreach (string predicted in metrics.Select(m => m.Output).Distinct())
        {
            outputs.Add(LossGraph.Output(form, predicted));
        }

        return new Phase
        {
            Name = phase.Name,
            Training = training.Build([.. outputs]),
            Evaluation = Evaluation(model, phase, terms, metrics),
            Denominators = Denominators(terms),
            Inputs = inputs.All,
            Losses = [.. terms.Select((t, i) => new PhaseLoss(t.Name, $"numerator_{i}", $"denominator_{i}", t.Weight))],
            Gradients = gradients.Slots,
            Tables = gradients.Tables,
            Buffers = buffers,
            Metrics = metrics,
            Groups = [.. groups.Select(g => new ParameterGroup(g.Name, [.. g.Parameters.Where(gradients.IsTrained)])).Where(g => g.Parameters.Count > 0)],
            Layout = gradients.Layout(),
        };
    }

    /// <summary>A metric with the names that were left out: the first loss's output, and what a loss judges the metric's output against.</summary>
    private static PhaseMetric Metric(Graph model, PhasePlan phase, MetricTerm metric, Bindings inputs)
    {
        string output = metric.Output.Length > 0 ? metric.Output : LossGraph.Names(phase.Losses[0].Output)[0];
        _ = LossGraph.Output(model, output);
        LossTerm? loss = phase.Losses.FirstOrDefault(l => l.TargetValue is null && LossGraph.Names(l.Output).Contains(output));
        string target = metric.TargetColumn.Length > 0 ? metric.TargetColumn : loss is not null ? LossGraph.Names(loss.TargetColumn)[0]
            : throw new TrainingException(TrainingFault.Job, $"[plan] metric {metric.Shown} judges output {output}, and no loss of its phase judges that against a column; name the metric's target");
        return new PhaseMetric(metric.Shown, metric.Metric, output, inputs.Column(target).Name, (loss ?? phase.Losses[0]).RowWeightColumn);
    }

    private static Graph Evaluation(Graph model, PhasePlan phase, IReadOnlyList<LossGraph> terms, IReadOnlyList<PhaseMetric> metrics)
    {
        var g = GraphBuilder.From(model);
        var outputs = new List<Value>();
        for (int i = 0; i < terms.Count; i++)
        {
            outputs.Add(Named(g, terms[i].Numerator(g, model), $"numerator_{i}"));
            outputs.Add(Named(g, terms[i].Denominator(g), $"denominator_{i}"));
        }

        foreach (string predicted in phase.Losses.SelectMany(l => LossGraph.Names(l.Output)).Concat(metrics.Select(m => m.Output)).Distinct())
        {
            outputs.Add(LossGraph.Output(model, predicted));
        }

        return g.Build([.. outputs]);
    }

    private static Graph Denominators(IReadOnlyList<LossGraph> terms)
    {
        var g = new GraphBuilder("denominators");
        var outputs = new List<Value>();
        for (int i = 0; i < terms.Count; i++)
        {
            outputs.Add(Named(g, terms[i].Denominator(g), $"denominator_{i}"));
        }

        return g.Build([.. outputs]);
    }

    private static HashSet<Value> Ancestors(IReadOnlyList<Value> values)
    {
        var found = new HashSet<Value>(values, ReferenceEqualityComparer.Instance);
        var open = new Stack<Value>(values);
        while (open.TryPop(out Value? v))
        {
            foreach (Value? input in v.Producer?.Inputs ?? [])
            {
                if (input is not null && found.Add(input))
                {
                    open.Push(input);
                }
            }
        }

        return found;
    }

    /// <summary>The value under a name of our own; Identity, because one value may be two gradients, or an output of the model.</summary>
    internal static Value Named(GraphBuilder g, Value value, string name) =>
        g.AddNode(OperatorTable.Get("Identity"), [value], Attributes.None, 1, null, [name])[0];
}
