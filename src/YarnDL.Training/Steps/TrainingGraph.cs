using YarnDL.Data.Encoding;
using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Graphs.Passes;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>
/// Makes the phase of an ordinary training out of a model: forward, loss numerators, and the gradients of
/// sum of weight * numerator / denominator, with the denominators as scalar inputs so that the gradients of shards simply add up.
/// </summary>
public static class TrainingGraph
{
    private const string GradientPrefix = "gradient/";
    private const string BufferPrefix = "buffer/";

    /// <summary>The step plan of a training with one phase.</summary>
    /// <exception cref="TrainingException">Inputs, outputs or columns that the plan names do not exist or do not fit.</exception>
    public static StepPlan Build(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards) => Build(plan, columns, shards, gradients: true);

    /// <summary>A step plan that can only be evaluated: its model may be forward only.</summary>
    /// <exception cref="TrainingException">Inputs, outputs or columns that the plan names do not exist or do not fit.</exception>
    public static StepPlan BuildEvaluation(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards) => Build(plan, columns, shards, gradients: false);

    private static StepPlan Build(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, int shards, bool gradients)
    {
        if (plan.Losses.Count == 0)
        {
            throw new TrainingException(TrainingFault.Job, "[plan] there is no loss; name at least one");
        }

        Graph model = plan.Model.Graph;
        Phase phase = Phase(plan, columns, gradients);
        return new StepPlan
        {
            Phases = [phase],
            Batch = plan.BatchSize,
            Shards = shards,
            Seed = plan.Seed,
            Shuffle = plan.Shuffle,
            ParameterCount = model.ParameterCount,
            BufferCount = model.BufferCount,
        };
    }

    private static Phase Phase(TrainingPlan plan, IReadOnlyList<EncodedColumn> columns, bool withGradients)
    {
        Graph model = plan.Model.Graph;
        var inputs = new Bindings(columns);
        foreach (Value input in model.Inputs)
        {
            inputs.Add(input, plan.Inputs.GetValueOrDefault(input.Name)
                ?? throw new TrainingException(TrainingFault.Job, $"[plan] model input {input.Name} is fed by no column; the plan feeds {string.Join(", ", plan.Inputs.Keys.Order(StringComparer.Ordinal))}; name its column"));
        }

        var losses = new List<PhaseLoss>();
        (Graph form, IReadOnlyList<(Value Buffer, Value Update)> updates) = TrainingForm.Apply(model);
        var training = GraphBuilder.From(form);
        var numerators = new List<Value>();
        Value? total = null;
        Value? scale = null;
        for (int i = 0; i < plan.Losses.Count; i++)
        {
            LossTerm term = plan.Losses[i];
            Value numerator = term.Loss.Numerator(training, Output(form, term.Output), inputs.Target(training, term.TargetColumn), inputs.Weight(training, term.RowWeightColumn));
            Value denominator = training.Input($"denominator_{i}", DType.Float32, SymbolicShape.Scalar);
            scale = training.Add("Div", training.Constant((float)term.Weight), denominator);
            numerators.Add(Named(training, numerator, $"numerator_{i}"));
            if (plan.Losses.Count > 1)
            {
                Value part = training.Add("Mul", numerators[i], scale);
                total = total is null ? part : training.Add("Add", total, part);
            }

            losses.Add(new PhaseLoss(LossName(plan, i), $"numerator_{i}", $"denominator_{i}", term.Weight));
        }

        Value?[] gradients = !withGradients ? []
            : plan.Losses.Count == 1
            ? GradientBuilder.Append(training, numerators[0], scale!, model.Parameters)
            : GradientBuilder.Append(training, total!, training.Constant(1f), model.Parameters);
        var outputs = new List<Value>(numerators);
        var slices = new List<VectorOutput>();
        for (int i = 0; i < gradients.Length; i++)
        {
            if (gradients[i] is { } g)
            {
                Value named = Named(training, g, GradientPrefix + model.Parameters[i].Name);
                outputs.Add(named);
                slices.Add(new VectorOutput(named.Name, model.Parameters[i].Offset, model.Parameters[i].Shape.At(1).ElementCount));
            }
        }

        var buffers = new List<VectorOutput>();
        foreach ((Value buffer, Value update) in updates)
        {
            Value named = Named(training, update, BufferPrefix + buffer.Name);
            outputs.Add(named);
            buffers.Add(new VectorOutput(named.Name, buffer.Offset, buffer.Shape.At(1).ElementCount));
        }

        PhaseMetric[] metrics = [.. plan.Metrics.Select(m => new PhaseMetric(m.Name, m, plan.Losses[0].Output, plan.Losses[0].TargetColumn, plan.Losses[0].RowWeightColumn))];
        foreach (string predicted in metrics.Select(m => m.Output).Distinct())
        {
            outputs.Add(Output(form, predicted));
        }

        return new Phase
        {
            Name = "train",
            Training = training.Build([.. outputs]),
            Evaluation = Evaluation(plan, inputs),
            Denominators = Denominators(plan, inputs),
            Inputs = inputs.All,
            Losses = losses,
            Gradients = slices,
            Buffers = buffers,
            Metrics = metrics,
            Groups = [new ParameterGroup("all", [.. slices.Select(s => s.Output[GradientPrefix.Length..])])],
        };
    }

    private static Graph Evaluation(TrainingPlan plan, Bindings inputs)
    {
        Graph model = plan.Model.Graph;
        var g = GraphBuilder.From(model);
        var outputs = new List<Value>();
        for (int i = 0; i < plan.Losses.Count; i++)
        {
            LossTerm term = plan.Losses[i];
            outputs.Add(Named(g, term.Loss.Numerator(g, Output(model, term.Output), inputs.Target(g, term.TargetColumn), inputs.Weight(g, term.RowWeightColumn)), $"numerator_{i}"));
            outputs.Add(Named(g, term.Loss.Denominator(g, inputs.Target(g, term.TargetColumn), inputs.Weight(g, term.RowWeightColumn)), $"denominator_{i}"));
        }

        foreach (string predicted in plan.Losses.Select(l => l.Output).Distinct())
        {
            outputs.Add(Output(model, predicted));
        }

        return g.Build([.. outputs]);
    }

    private static Graph Denominators(TrainingPlan plan, Bindings inputs)
    {
        var g = new GraphBuilder("denominators");
        var outputs = new List<Value>();
        for (int i = 0; i < plan.Losses.Count; i++)
        {
            LossTerm term = plan.Losses[i];
            outputs.Add(Named(g, term.Loss.Denominator(g, inputs.Target(g, term.TargetColumn), inputs.Weight(g, term.RowWeightColumn)), $"denominator_{i}"));
        }

        return g.Build([.. outputs]);
    }

    private static Value Output(Graph model, string name) =>
        model.Outputs.FirstOrDefault(o => o.Name == name)
            ?? throw new TrainingException(TrainingFault.Job, $"[plan] the loss judges output {name}, the model has {string.Join(", ", model.Outputs.Select(o => o.Name))}; name one of these");

    /// <summary>The value under a name of our own; Identity, because one value may be two gradients, or an output of the model.</summary>
    private static Value Named(GraphBuilder g, Value value, string name) =>
        g.AddNode(OperatorTable.Get("Identity"), [value], Attributes.None, 1, null, [name])[0];

    private static string LossName(TrainingPlan plan, int i) => plan.Losses.Count == 1 ? "loss" : $"loss_{plan.Losses[i].TargetColumn}_{i}";
}
