using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>
/// Computes aligned subtrees of a step: one program run each, its shards as segments. What it keeps (compiled programs, rows read ahead) it can
/// rebuild from any order. One caller at a time.
/// </summary>
public sealed unsafe class ShardWorker : IDisposable
{
    private const int TimedEvery = 16;

    private readonly StepPlan _plan;
    private readonly IRowSource _rows;
    private readonly IRowSource? _heldOut;
    private readonly ComputePool _pool;
    private readonly bool _prefetch;
    private readonly Program?[] _training;
    private readonly Program?[] _evaluation;
    private readonly Program?[] _denominators;
    private readonly List<Node> _nodes = [];
    private ShardRange? _range;
    private long _runs;

    /// <param name="plan">The steps.</param>
    /// <param name="rows">Training rows.</param>
    /// <param name="heldOut">Held-out rows, if any.</param>
    /// <param name="pool">Threads of the kernels.</param>
    /// <param name="prefetch">Read the next step's rows while this one computes.</param>
    public ShardWorker(StepPlan plan, IRowSource rows, IRowSource? heldOut, ComputePool pool, bool prefetch)
    {
        _plan = plan;
        _rows = rows;
        _heldOut = heldOut;
        _pool = pool;
        _prefetch = prefetch;
        _training = new Program?[plan.Phases.Count];
        _evaluation = new Program?[plan.Phases.Count];
        _denominators = new Program?[plan.Phases.Count];
    }

    /// <summary>Denominators of a step that no earlier step carries: the first one, or the first after a resume.</summary>
    /// <returns>The nodes of the range with <see cref="SubtreeSums.NextRows"/> and <see cref="SubtreeSums.NextDenominators"/> set.</returns>
    public IReadOnlyList<SubtreeSums> Begin(ShardRange range, StepPosition position)
    {
        Cut(range);
        foreach (Node n in _nodes)
        {
            SubtreeSums sums = n.Sums(0);
            sums.Rows = 0;
            n.Load(position);
            NextDenominators(n.Current, sums);
        }

        return [.. _nodes.Select(n => n.Sums(0))];
    }

    /// <summary>Carries out an order. The sums hold until the next call.</summary>
    /// <param name="order">What to compute.</param>
    /// <param name="parameters">The flat parameter vector of the order's version.</param>
    /// <param name="buffers">The flat buffer vector of the order's version.</param>
    public IReadOnlyList<SubtreeSums> Run(WorkOrder order, Tensor parameters, Tensor buffers)
    {
        if (order.Rows != _rows.DataHash)
        {
            throw new TrainingException(TrainingFault.Job, $"[worker] the order is for rows {order.Rows}, open are {_rows.DataHash}; open the order's blocks");
        }

        Cut(order.Range);
        foreach (Node n in _nodes)
        {
            n.Load(order.Position);
        }

        Task? ahead = _prefetch && order.Next is not null ? Task.Run(() => LoadNext(order.Next.Value)) : null;
        try
        {
            foreach (Node n in _nodes)
            {
                Compute(order, n, parameters, buffers);
            }
        }
        finally
        {
            // Also when computing fails: the memory that the reader fills must outlive it.
            ahead?.GetAwaiter().GetResult();
        }

        if (order.Next is { } next && ahead is null)
        {
            LoadNext(next);
        }

        foreach (Node n in _nodes)
        {
            SubtreeSums sums = n.Sums(order.Phase);
            sums.NextRows = 0;
            if (order.Next is not null)
            {
                (n.Current, n.Next) = (n.Next, n.Current);
                NextDenominators(n.Current, sums);
            }
        }

        return [.. _nodes.Select(n => n.Sums(order.Phase))];
    }

    /// <summary>Measures a range of steps on rows that no training changes, node by node and step by step.</summary>
    /// <param name="range">Shards.</param>
    /// <param name="heldOut">The held-out rows, else the training rows of epoch 0.</param>
    /// <param name="phase">Which phase's evaluation graph.</param>
    /// <param name="parameters">The flat parameter vector.</param>
    /// <param name="buffers">The flat buffer vector.</param>
    public IReadOnlyList<EvaluationPart> Evaluate(ShardRange range, bool heldOut, int phase, Tensor parameters, Tensor buffers)
    {
        IRowSource source = heldOut ? _heldOut ?? throw new TrainingException(TrainingFault.Job, "[worker] there are no held-out rows; open them first") : _rows;
        StepPlan plan = _plan with { Shuffle = false, Shards = source.Shards };
        Phase p = plan.Phases[phase];
        Program program = _evaluation[phase] ??= new Program(p.Evaluation, _pool);
        var parts = new List<EvaluationPart>();
        foreach (Subtree subtree in ShardTree.Cut(range))
        {
            using var rows = new StepRows(source, plan, subtree);
            long steps = source.StepsPerEpoch(plan.Batch);
            for (long step = 0; step < steps; step++)
            {
                rows.Load(new StepPosition(0, step));
                var measured = new EvaluationPart(step, subtree, p.Losses.Count, p.Metrics.Count) { Rows = rows.Rows };
                if (rows.Rows > 0)
                {
                    rows.Fill(program, p.Inputs);
                    program.Run(parameters.View.F32, buffers.View.F32, rows.Segments, new RandomKeys(plan.Seed, 0, rows.RowNumbers, null));
                    for (int i = 0; i < p.Losses.Count; i++)
                    {
                        measured.Numerators[i] = program.Output(p.Losses[i].Numerator).F32[0];
                        measured.Denominators[i] = program.Output(p.Losses[i].Denominator).F32[0];
                    }

                    Measure(p, program, rows, subtree, measured.Metrics);
                }

                parts.Add(measured);
            }
        }

        return parts;
    }

    /// <summary>Time by node of the training programs, over the runs that were measured: one in 16.</summary>
    public IReadOnlyList<NodeTime> NodeTimes() => NodeTime.Merge(_training.SelectMany(p => p?.NodeTimes() ?? []));

    public void Dispose()
    {
        Clear();
        foreach (Program? p in _training.Concat(_evaluation).Concat(_denominators))
        {
            p?.Dispose();
        }
    }

    private void Compute(WorkOrder order, Node n, Tensor parameters, Tensor buffers)
    {
        Phase phase = _plan.Phases[order.Phase];
        SubtreeSums sums = n.Sums(order.Phase);
        sums.Rows = n.Current.Rows;
        sums.Shards = n.Current.Shards;
        if (n.Current.Rows == 0)
        {
            return;
        }

        Program program = _training[order.Phase] ??= new Program(phase.Training, _pool);
        n.Current.Fill(program, phase.Inputs);
        for (int i = 0; i < phase.Losses.Count; i++)
        {
            program.Input(phase.Losses[i].Denominator, n.Current.Rows).F32[0] = order.Denominators[i];
        }

        // A few runs tell where the time goes; the first one also compiles.
        program.TimeNodes = _runs++ % TimedEvery == 1;
        program.Run(parameters.View.F32, buffers.View.F32, n.Current.Segments, new RandomKeys(_plan.Seed, order.Position.Epoch, n.Current.RowNumbers, null));
        for (int i = 0; i < phase.Losses.Count; i++)
        {
            sums.Numerators[i] = program.Output(phase.Losses[i].Numerator).F32[0];
        }

        Copy(program, phase.Gradients, sums.Gradient);
        Copy(program, phase.Buffers, sums.Buffers);
        for (int i = 0; i < phase.Tables.Count; i++)
        {
            RowOutput t = phase.Tables[i];
            sums.Tables[i].Collect(_pool, n.Current.Segments, program.Output(t.Ids), program.Output(t.Values), t.Padding, t.PerOccurrence);
        }

        Measure(phase, program, n.Current, sums.Subtree, sums.Metrics);
    }

    private void LoadNext(StepPosition position)
    {
        foreach (Node n in _nodes)
        {
            n.Next.Load(position);
        }
    }

    private void NextDenominators(StepRows rows, SubtreeSums sums)
    {
        sums.NextRows = rows.Rows;
        if (rows.Rows == 0)
        {
            return;
        }

        int at = 0;
        for (int phase = 0; phase < _plan.Phases.Count; phase++)
        {
            Phase p = _plan.Phases[phase];
            Program program = _denominators[phase] ??= new Program(p.Denominators, _pool);
            rows.Fill(program, p.Inputs);
            program.Run(null, null, rows.Segments);
            for (int i = 0; i < p.Losses.Count; i++)
            {
                sums.NextDenominators[at++] = program.Output(p.Losses[i].Denominator).F32[0];
            }
        }
    }

    private void Cut(ShardRange range)
    {
        if (_range == range)
        {
            return;
        }

        Clear();
        foreach (Subtree subtree in ShardTree.Cut(range))
        {
            _nodes.Add(new Node(_rows, _plan, subtree));
        }

        _range = range;
    }

    private void Clear()
    {
        foreach (Node n in _nodes)
        {
            n.Dispose();
        }

        _nodes.Clear();
        _range = null;
    }

    private static void Copy(Program program, IReadOnlyList<VectorOutput> outputs, Tensor vector)
    {
        foreach (VectorOutput o in outputs)
        {
            Buffer.MemoryCopy(program.Output(o.Output).Data, vector.View.F32 + o.Offset, o.Count * sizeof(float), o.Count * sizeof(float));
        }
    }

    /// <summary>Each shard by itself, then along the tree, as everything else.</summary>
    /// <exception cref="TrainingException">A metric does not take such predictions or labels.</exception>
    private static void Measure(Phase phase, Program program, StepRows rows, Subtree subtree, MetricValue[] into)
    {
        try
        {
            MeasureShards(phase, program, rows, subtree, into);
        }
        catch (ArgumentException e)
        {
            throw new TrainingException(TrainingFault.Job, $"{e.Message}; correct the options of this metric (such as classes), or take one that fits the model and its label", e);
        }
    }

    private static void MeasureShards(Phase phase, Program program, StepRows rows, Subtree subtree, MetricValue[] into)
    {
        if (phase.Metrics.Count == 0)
        {
            return;
        }

        var shards = new Subtree[subtree.Size];
        var holds = new bool[subtree.Size];
        int* borders = rows.Segments.Borders;
        for (int s = 0; s < shards.Length; s++)
        {
            shards[s] = new Subtree(s, 1);
            holds[s] = borders[s + 1] > borders[s];
        }

        (int Into, int From)[] merges = ShardTree.Merges(subtree.Size, shards, holds, out int root);
        var values = new MetricValue[shards.Length];
        for (int m = 0; m < phase.Metrics.Count; m++)
        {
            PhaseMetric metric = phase.Metrics[m];
            TensorView predictions = program.Output(metric.Output);
            for (int s = 0; s < shards.Length; s++)
            {
                if (holds[s])
                {
                    values[s] = metric.Metric.Measure(StepRows.Slice(predictions, borders[s], borders[s + 1] - borders[s]), rows.Column(metric.Column, s),
                        metric.WeightColumn is { } w ? rows.Column(w, s) : default);
                }
            }

            foreach ((int a, int b) in merges)
            {
                values[a] = MetricValue.Merge(values[a], values[b]);
            }

            into[m] = values[root];
        }
    }

    /// <summary>An aligned subtree with the rows of this step, room for those of the next, and its sums phase by phase.</summary>
    private sealed class Node(IRowSource rows, StepPlan plan, Subtree subtree) : IDisposable
    {
        private readonly SubtreeSums?[] _sums = new SubtreeSums?[plan.Phases.Count];

        public StepRows Current { get; set; } = new(rows, plan, subtree);

        public StepRows Next { get; set; } = new(rows, plan, subtree);

        public SubtreeSums Sums(int phase) => _sums[phase] ??= new SubtreeSums(subtree, plan, phase);

        /// <summary>Reads the rows of a step, if they are not here.</summary>
        public void Load(StepPosition position)
        {
            if (Current.Position != position)
            {
                Current.Load(position);
            }
        }

        public void Dispose()
        {
            Current.Dispose();
            Next.Dispose();
            foreach (SubtreeSums? s in _sums)
            {
                s?.Dispose();
            }
        }
    }
}
