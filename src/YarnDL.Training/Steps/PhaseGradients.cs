using YarnDL.Graphs;
using YarnDL.Graphs.Gradients;
using YarnDL.Nn;
using YarnDL.Tensors;

namespace YarnDL.Training.Steps;

/// <summary>Appends the gradients of a phase to its training graph, and says which outputs they are and how they become gradients of parameters.</summary>
internal sealed class PhaseGradients
{
    private readonly Value[] _trained;
    private readonly RowFrontier _frontier;
    private readonly IReadOnlyDictionary<string, Penalty> _penalties;
    private readonly List<FrontierTap> _dense = [];
    private readonly List<FrontierTap> _rows = [];
    private readonly List<(FrontierTap Tap, VectorOutput Slot)> _slots = [];
    private readonly List<RowOutput> _tables = [];

    /// <param name="form">The model in its training form.</param>
    /// <param name="groups">What is trained, by which optimizers.</param>
    /// <param name="penalties">Of parameters by name.</param>
    /// <param name="batch">Rows of a step.</param>
    public PhaseGradients(Graph form, IReadOnlyList<PhaseGroup> groups, IReadOnlyDictionary<string, Penalty> penalties, int batch)
    {
        _penalties = penalties;
        _trained = [.. form.Parameters.Where(p => groups.Any(g => g.Parameters.Contains(p.Name)))];
        _frontier = RowFrontier.Of(form, _trained);
        foreach (IGrouping<Value, FrontierTap> uses in _frontier.Taps.GroupBy(t => t.Source, ReferenceEqualityComparer.Instance as IEqualityComparer<Value>))
        {
            PhaseGroup? group = groups.FirstOrDefault(g => g.Parameters.Contains(uses.Key.Name));
            (AsRows(uses.Key, [.. uses], group, batch) ? _rows : _dense).AddRange(uses);
        }
    }

    /// <summary>The graph to build on.</summary>
    public Graph Graph => _frontier.Graph;

    /// <summary>Dense gradients in the order of the vector.</summary>
    public IReadOnlyList<VectorOutput> Slots => [.. _slots.Select(s => s.Slot)];

    public IReadOnlyList<RowOutput> Tables => _tables;

    /// <summary>What stands for a value of the training form in <see cref="Graph"/>.</summary>
    public Value Now(Value old) => _frontier.Now(old);

    /// <summary>True when a gradient reaches the parameter.</summary>
    public bool IsTrained(string parameter) => _tables.Exists(t => t.Parameter == parameter) || Tensors().Any(t => t.Name == parameter);

    /// <summary>Appends the nodes; outputs are added to the list.</summary>
    public void Append(GraphBuilder g, IReadOnlyList<(Value Root, Value Seed)> roots, List<Value> outputs)
    {
        if (_trained.Length == 0)
        {
            return;
        }

        Value?[] gradients = GradientBuilder.Append(g, roots, [.. _dense.Select(t => t.Value), .. _rows.Select(t => t.Output)]);
        long at = 0;
        for (int i = 0; i < _dense.Count; i++)
        {
            if (gradients[i] is { } dy)
            {
                Value named = TrainingGraph.Named(g, dy, $"gradient/{_dense[i].Value.Name}");
                outputs.Add(named);
                long count = dy.Shape.At(1).ElementCount;
                _slots.Add((_dense[i], new VectorOutput(named.Name, at, count)));
                at += count;
            }
        }

        for (int i = 0; i < _rows.Count; i++)
        {
            if (gradients[_dense.Count + i] is { } dy)
            {
                FrontierTap tap = _rows[i];
                Node use = tap.Output.Producer!;
                Value values = TrainingGraph.Named(g, dy, $"lines/{i}");
                Value ids = TrainingGraph.Named(g, use.Inputs[1]!, $"rows/{i}");
                outputs.Add(values);
                outputs.Add(ids);
                bool embedding = use.Operator.Name == "Embedding";
                _tables.Add(new RowOutput(ids.Name, values.Name, tap.Source.Name, tap.Source.Offset, tap.Source.Shape[0].Factor, tap.Source.Shape[1].Factor,
                    embedding ? use.Attributes.Int("padding_idx") : -1, embedding && use.Attributes.Int("scale_grad_by_freq") != 0));
            }
        }
    }

    /// <summary>How the driver goes from the sums to the parameters.</summary>
    public GradientLayout Layout()
    {
        List<TrainedTensor> tensors = Tensors();
        Dictionary<string, TrainedTensor> byName = tensors.ToDictionary(t => t.Name, StringComparer.Ordinal);
        var copies = new List<(long, long, long)>();
        var inputs = new List<VectorOutput>();
        var outputs = new List<VectorOutput>();
        var seeds = new List<(Value, Value)>();
        var g = GraphBuilder.From(_frontier.Before);
        foreach ((FrontierTap tap, VectorOutput slot) in _slots)
        {
            if (tap.IsDirect && !_penalties.ContainsKey(tap.Source.Name))
            {
                copies.Add((slot.Offset, byName[tap.Source.Name].GradientOffset, slot.Count));
                continue;
            }

            Value seed = g.Input($"sum/{inputs.Count}", DType.Float32, tap.Source.Shape);
            inputs.Add(slot with { Output = seed.Name });
            seeds.Add((tap.Source, seed));
        }

        foreach (Value p in _trained.Where(p => _penalties.ContainsKey(p.Name)))
        {
            seeds.Add((_penalties[p.Name].Append(g, p), g.Constant(1f)));
        }

        if (seeds.Count == 0)
        {
            return new GradientLayout { Tensors = tensors, Copies = copies };
        }

        Value?[] gradients = GradientBuilder.Append(g, seeds, _trained);
        var results = new List<Value>();
        for (int i = 0; i < _trained.Length; i++)
        {
            if (gradients[i] is { } dy)
            {
                results.Add(TrainingGraph.Named(g, dy, $"gradient/{_trained[i].Name}"));
                outputs.Add(new VectorOutput(results[^1].Name, byName[_trained[i].Name].GradientOffset, byName[_trained[i].Name].Count));
            }
        }

        return new GradientLayout { Tensors = tensors, Copies = copies, Finish = g.Build([.. results]), Inputs = inputs, Outputs = outputs };
    }

    /// <summary>Parameters that dense sums reach, in their order.</summary>
    private List<TrainedTensor> Tensors()
    {
        HashSet<Value> reached = new(_slots.Select(s => s.Tap.Source).Concat(_trained.Where(p => _penalties.ContainsKey(p.Name))), ReferenceEqualityComparer.Instance);
        foreach (Node n in _frontier.Before.Nodes.Reverse())
        {
            if (n.Outputs.Any(o => o is not null && reached.Contains(o)))
            {
                for (int k = 0; k < n.Inputs.Count; k++)
                {
                    if (n.Inputs[k] is { } v && !n.Operator.IsConstantInput(k))
                    {
                        reached.Add(v);
                    }
                }
            }
        }

        var tensors = new List<TrainedTensor>();
        long at = 0;
        foreach (Value p in _trained.Where(reached.Contains))
        {
            tensors.Add(new TrainedTensor(p.Name, p.Offset, at, p.Shape.At(1)));
            at += tensors[^1].Count;
        }

        return tensors;
    }

    /// <summary>
    /// A table is sent as rows when its layer asks for it, or its optimizer, or when rows without gradient stay as they are anyway and a step cannot
    /// touch them all.
    /// </summary>
    private bool AsRows(Value source, FrontierTap[] uses, PhaseGroup? group, int batch)
    {
        Optimizer? optimizer = group?.Optimizer;
        bool possible = source.Kind == ValueKind.Parameter && source.Shape.Rank == 2 && optimizer is not null && !_penalties.ContainsKey(source.Name) && !_frontier.IsUsedBefore(source)
            && uses.All(u => u.Input == 0 && u.Consumer.Inputs[1]!.Shape.RowAxis == 0
                && (u.Consumer.Operator.Name == "Embedding" || (u.Consumer.Operator.Name == "Gather" && u.Consumer.Attributes.Int("axis") == 0)));
        bool asked = possible && uses.Any(u => u.Consumer.Operator.Name == "Embedding" && u.Consumer.Attributes.Int("sparse") != 0);
        if (asked && optimizer!.Kind != OptimizerKind.Elementwise)
        {
            throw new TrainingException(TrainingFault.Job, $"[plan] table {source.Name} asks for row gradients, optimizer {optimizer.Spec.Type} is {optimizer.Kind}; take one that goes element by element, such as sparseAdam or adagrad, or leave sparse out");
        }

        long touched = possible ? uses.Sum(u => Positions(u.Consumer.Inputs[1]!.Shape)) * batch : 0;
        return possible && optimizer!.Kind == OptimizerKind.Elementwise && (asked || optimizer.WantsRows || (optimizer.KeepsIdle && group!.Schedule is not RegimeSchedule && touched < source.Shape[0].Factor));
    }

    private static long Positions(SymbolicShape indices)
    {
        long n = 1;
        foreach (Dim d in indices.Dims)
        {
            n *= d.Factor;
        }

        return n;
    }
}
