using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Gradients of tables as sorted rows.</summary>
public sealed class RowGradientTests
{
    [Theory]
    [InlineData("sgd")]
    [InlineData("adagrad")]
    public void Rows_give_the_bits_of_a_dense_gradient_where_other_rows_would_not_move(string optimizer)
    {
        TrainingPlan rows = TinyRows.Plan(new Words(sparse: true), "ids", "other") with { Optimizer = Optimizer.From(new Spec(optimizer, new() { ["learningRate"] = 0.1 })) };
        TrainingPlan dense = rows with { Model = TinyRows.Plan(new Words(sparse: false), "ids", "other").Model };
        Assert.NotEmpty(Phase(rows).Tables);
        Assert.Empty(Phase(dense).Tables);
        Assert.Equal(TinyRows.Train(dense), TinyRows.Train(rows));
    }

    [Theory]
    [InlineData("sgd", false)]
    [InlineData("sparseAdam", false)]
    [InlineData("adam", true)]
    [InlineData("adagrad", true)]
    public void Rows_train_with_the_same_bits_whoever_computes(string optimizer, bool sparse)
    {
        TrainingPlan plan = TinyRows.Plan(new Words(sparse), "ids", "other") with { Optimizer = Optimizer.From(new Spec(optimizer, new() { ["learningRate"] = 0.05 })), ClipNorm = 0.5 };
        Model trained = TinyRows.SameEverywhere(plan, steps: 10);
        Assert.NotEqual(plan.Model.Weights("table").ToArray(), trained.Weights("table").ToArray());
    }

    [Fact]
    public void A_lazy_optimizer_leaves_rows_alone_that_no_step_touches()
    {
        TrainingPlan plan = TinyRows.Plan(new Words(sparse: true, entries: 60), "ids", "other") with { Optimizer = new Adam(0.05) };
        float[] trained = TinyRows.Train(plan);
        Value table = plan.Model.Graph.Parameters.Single(p => p.Name == "table");
        ReadOnlySpan<float> after = trained.AsSpan((int)table.Offset + (TinyRows.Words * 4), 20 * 4);
        Assert.True(after.SequenceEqual(plan.Model.Weights("table").Slice(TinyRows.Words * 4)));
    }

    [Fact]
    public void A_large_table_sends_the_rows_that_a_step_touches_and_no_others()
    {
        TrainingPlan plan = TinyRows.Plan(new Words(sparse: false, entries: 100_000), "ids", "other");
        Phase phase = Phase(plan);
        Assert.Equal(2, phase.Tables.Count);
        Assert.True(phase.GradientCount < 100, $"{phase.GradientCount} dense elements");

        using ExplicitRows rows = TinyRows.Of();
        using var pool = new ComputePool(2);
        StepPlan steps = TrainingGraph.Build(plan, rows.Columns, 4);
        using var worker = new ShardWorker(steps, rows, null, pool, prefetch: false);
        var session = new EngineSession { Run = "r", Attempt = 0, Plan = steps, Rows = rows, Progress = new Recorder() };
        WorkOrder order = WorkOrder.Of(session, new StepOrder(0, 0, 0, default, null, [32]), new ShardRange(0, 3), 0);
        IReadOnlyList<SubtreeSums> nodes = worker.Run(order, plan.Model.Parameters, plan.Model.Buffers);
        Assert.Equal(2, nodes.Count);
        foreach (RowSums t in nodes.SelectMany(n => n.Tables))
        {
            Assert.InRange(t.Count, 1, TinyRows.Words);
            Assert.True(t.IsSorted());
        }

        long bytes = Messages.Tails(nodes).Sum(v => v.Count * v.DType.Size());
        Assert.True(bytes < 10_000, $"{bytes} bytes for two nodes, the table has {100_000 * 16}");
    }

    [Fact]
    public void An_answer_whose_rows_do_not_ascend_is_refused()
    {
        TrainingPlan plan = TinyRows.Plan(new Words(sparse: true), "ids", "other");
        using ExplicitRows rows = TinyRows.Of();
        StepPlan steps = TrainingGraph.Build(plan, rows.Columns, 4);
        var session = new EngineSession { Run = "r", Attempt = 0, Plan = steps, Rows = rows, Progress = new Recorder() };
        WorkOrder order = WorkOrder.Of(session, new StepOrder(0, 0, 0, default, null, [32]), new ShardRange(0, 4), 0);
        using var sums = new SubtreeSums(new Subtree(0, 4), steps, 0) { Rows = 32, Shards = 4 };
        foreach ((long[] ids, bool sound) in ((long[], bool)[])[([1, 2, 9], true), ([2, 1, 9], false), ([1, 1, 9], false), ([1, 2, TinyRows.Words], false), ([-1, 2, 9], false)])
        {
            sums.Tables[0].Resize(ids.Length);
            ids.CopyTo(sums.Tables[0].Ids.Span<long>());
            using var stream = new MemoryStream();
            Frame.Send(stream, Operation.WorkDone, Messages.Sums(order, [sums]), Messages.Tails([sums]));
            stream.Position = 0;
            Frame frame = Frame.Receive(stream, Frame.HeadLimit, Messages.MostTail([sums]));
            using var due = new SubtreeSums(new Subtree(0, 4), steps, 0);
            Exception? refused = Record.Exception(() => Messages.Sums(frame, stream, order, [due]));
            Assert.Equal(sound, refused is null);
            Assert.True(sound || refused is ProtocolException);
        }
    }

    [Fact]
    public void Rows_with_an_optimizer_that_needs_whole_tensors_are_refused_by_name()
    {
        TrainingPlan plan = TinyRows.Plan(new Words(sparse: true), "ids", "other") with { Optimizer = new Lamb(0.01) };
        Assert.Contains("table asks for row gradients", Assert.Throws<TrainingException>(() => TinyRows.Train(plan)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Layers_ask_for_row_gradients_and_limit_the_length_of_rows()
    {
        TrainingPlan plan = TinyRows.Plan(new Bags(limit: 1.5), "ids", "other") with { Optimizer = new Adam(0.05) };
        Assert.Equal(["bag.weight", "words.weight"], Phase(plan).Tables.Select(t => t.Parameter).Order(StringComparer.Ordinal));
        Model trained = TinyRows.SameEverywhere(plan, 10);
        Assert.InRange(Longest(trained.Weights("words.weight")), 1.49, 1.5 + 1e-6);
        Assert.True(Longest(trained.Weights("bag.weight")) > 1.6);
        Assert.True(Longest(plan.Model.Weights("words.weight")) > 1.6);

        // With dense gradients all rows are looked at.
        Assert.InRange(Longest(TinyRows.Train(plan with { Optimizer = new Adam(0.05), Model = TinyRows.Plan(new Bags(limit: 0.5, sparse: false), "ids", "other").Model }).AsSpan(0, 40 * 4)), 0.49, 0.5 + 1e-6);
        Assert.Contains("maxNorm is -1", Assert.Throws<GraphException>(() => TinyRows.Plan(new Bags(limit: -1), "ids", "other")).Message, StringComparison.Ordinal);

        static double Longest(ReadOnlySpan<float> rows)
        {
            double longest = 0;
            for (int r = 0; r < rows.Length; r += 4)
            {
                longest = Math.Max(longest, Math.Sqrt(((double)rows[r] * rows[r]) + ((double)rows[r + 1] * rows[r + 1]) + ((double)rows[r + 2] * rows[r + 2]) + ((double)rows[r + 3] * rows[r + 3])));
            }

            return longest;
        }
    }

    private static Phase Phase(TrainingPlan plan)
    {
        using ExplicitRows rows = TinyRows.Of();
        return TrainingGraph.Build(plan, rows.Columns, 4).Phases[0];
    }

    /// <summary>Words through a table whose rows are limited, others through a bag.</summary>
    private sealed class Bags(double limit, bool sparse = true) : Module
    {
        private readonly Embedding words = new(40, 4) { Sparse = sparse, MaxNorm = limit };
        private readonly EmbeddingBag bag = new(40, 4) { Sparse = sparse };
        private readonly Flatten flat = new();
        private readonly Linear last = new(16, 3);

        public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input", "two");

        public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs) =>
            scope.Call(last, scope.G.Add("Concat", [scope.Call(flat, scope.Call(words, inputs[0])), scope.Call(bag, inputs[1])], new Attributes(("axis", 1))));
    }

    /// <summary>Two lists of words through one table, and a table of its own through a bag, to three classes.</summary>
    private sealed class Words(bool sparse, long entries = TinyRows.Words) : Module
    {
        private readonly Linear last = new(12, 3);

        public override Value Forward(ModuleScope scope, Value x) => throw scope.Error("one input", "two");

        public override Value Forward(ModuleScope scope, IReadOnlyList<Value> inputs)
        {
            GraphBuilder g = scope.G;
            Value table = scope.Parameter("table", new Shape(entries, 4), Initialiser.Normal());
            Value Look(Value ids) => g.Add("Embedding", table, ids, ("sparse", sparse), ("padding_idx", 3));
            Value both = g.Add("Sub", Look(inputs[0]), g.Add("Mul", Look(inputs[1]), g.Constant(0.5f)));
            return scope.Call(last, g.Add("Flatten", both));
        }
    }
}
