using YarnDL.Graphs.Programs;
using YarnDL.Tensors;

namespace YarnDL.Graphs.Tests.Programs;

/// <summary>What a program promises beyond its results.</summary>
public sealed unsafe class Program_runs
{
    [Fact]
    public void A_warm_run_allocates_nothing()
    {
        Graph graph = SmallNet.Build();
        float[] weights = SmallNet.Weights(graph);
        using var runner = new Runner(graph, 2);
        int[] borders = [0, 3, 8];
        runner.Run(SmallNet.Inputs(8), borders, weights);
        fixed (int* b = borders)
        fixed (float* w = weights)
        {
            Program program = runner.Program;
            var rows = new RowSegments(b, 2);
            program.Run(w, null, rows);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 20; i++)
            {
                program.Input("x", 8);
                program.Run(w, null, rows);
                program.Output("loss");
            }

            Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        }
    }

    [Fact]
    public void Passes_memory_and_threads_do_not_change_a_bit()
    {
        Graph graph = SmallNet.Build();
        float[] weights = SmallNet.Weights(graph);
        byte[][] reference = Run(graph, weights, 1, new ProgramOptions { Optimize = false, ReuseMemory = false });
        foreach (int threads in new[] { 1, 2, 3 })
        {
            foreach (bool optimize in new[] { false, true })
            {
                foreach (bool reuse in new[] { false, true })
                {
                    Assert.Equal(reference, Run(graph, weights, threads, new ProgramOptions { Optimize = optimize, ReuseMemory = reuse }));
                }
            }
        }
    }

    [Fact]
    public void A_run_may_be_repeated_without_filling_the_inputs_again()
    {
        Graph graph = SmallNet.Build();
        float[] weights = SmallNet.Weights(graph);
        using var runner = new Runner(graph, 2);
        int[] borders = [0, 7];
        byte[] first = runner.Run(SmallNet.Inputs(7), borders, weights)[0];
        fixed (int* b = borders)
        fixed (float* w = weights)
        {
            runner.Program.Run(w, null, new RowSegments(b, 1));
        }

        Assert.Equal(Runner.Floats(first)[0], *runner.Program.Output("loss").F32);
    }

    [Fact]
    public void Memory_is_shared_by_values_that_are_not_alive_together()
    {
        Graph graph = SmallNet.Build();
        using var shared = new Runner(graph);
        using var separate = new Runner(graph, 1, new ProgramOptions { ReuseMemory = false });
        shared.Program.Input("x", 256);
        separate.Program.Input("x", 256);
        Assert.True(shared.Program.ArenaBytes < separate.Program.ArenaBytes * 3 / 4, $"{shared.Program.ArenaBytes} of {separate.Program.ArenaBytes} bytes");
    }

    [Fact]
    public void Least_recently_used_shapes_are_dropped_and_give_the_same_result_when_compiled_again()
    {
        Graph graph = SmallNet.Build();
        float[] weights = SmallNet.Weights(graph);
        using var runner = new Runner(graph, 1, new ProgramOptions { CacheBytes = 1 });
        byte[][] first = runner.Run(SmallNet.Inputs(5), [0, 5], weights);
        runner.Run(SmallNet.Inputs(64), [0, 64], weights);
        Assert.Equal(1, runner.Program.CompiledShapes);
        Assert.Equal(first, runner.Run(SmallNet.Inputs(5), [0, 5], weights));
    }

    [Fact]
    public void No_rows_give_zero_sums()
    {
        Graph graph = SmallNet.Build();
        using var runner = new Runner(graph);
        byte[][] got = runner.Run(SmallNet.Inputs(0), [0, 0, 0], SmallNet.Weights(graph));
        Assert.All(got, bytes => Assert.All(Runner.Floats(bytes), x => Assert.Equal(0, x)));
    }

    [Fact]
    public void A_label_that_is_no_class_is_refused_by_row()
    {
        Graph graph = SmallNet.Build();
        using var runner = new Runner(graph);
        foreach (long bad in new long[] { 3, -1, long.MaxValue })
        {
            Dictionary<string, Array> inputs = SmallNet.Inputs(4);
            ((long[])inputs["labels"])[2] = bad;
            InputValueException e = Assert.Throws<InputValueException>(() => runner.Run(inputs, [0, 4], SmallNet.Weights(graph)));
            Assert.Equal(2, e.Row);
            Assert.Contains($"row 2 has label {bad} in labels; labels are 0..2", e.Message);
        }
    }

    [Fact]
    public void An_embedding_counts_from_the_end_only_where_it_is_asked_to()
    {
        foreach ((long lowest, long[] good, long[] bad) in new (long, long[], long[])[] { (0, [0, 4], [-1, 5, long.MinValue]), (-1, [-1, 4], [-2, 5]) })
        {
            var g = new GraphBuilder("table");
            Value ids = g.Input("ids", DType.Int64, new(Dim.N));
            using var runner = new Runner(g.Build([g.Add("Embedding", g.Parameter("weight", new Shape(5, 1)), ids, ("lowest", lowest))]));
            float[] weights = [0, 1, 2, 3, 4];
            Assert.Equal([lowest == 0 ? 0 : 4, 4], Runner.Floats(runner.Run(new Dictionary<string, Array> { ["ids"] = good }, [0, 2], weights)[0]));
            foreach (long id in bad)
            {
                InputValueException e = Assert.Throws<InputValueException>(() => runner.Run(new Dictionary<string, Array> { ["ids"] = new[] { 0, id } }, [0, 2], weights));
                Assert.Equal(1, e.Row);
                Assert.Contains($"index {id} at position 1 of ids; it must be {lowest}..4", e.Message);
            }
        }
    }

    [Fact]
    public void Times_are_kept_by_node_when_asked()
    {
        Graph graph = SmallNet.Build();
        using var runner = new Runner(graph, 1, new ProgramOptions { TimeNodes = true });
        runner.Run(SmallNet.Inputs(4), [0, 4], SmallNet.Weights(graph));
        runner.Run(SmallNet.Inputs(1), [0, 1], SmallNet.Weights(graph));
        IReadOnlyList<NodeTime> times = runner.Program.NodeTimes();
        Assert.Contains(times, t => t is { Operator: "FusedConv", Runs: 2, Seconds: > 0 } && t.Flops == 2 * (4 + 1) * 4 * 64 * 9);
        Assert.True(times.Zip(times.Skip(1)).All(p => p.First.Seconds >= p.Second.Seconds));
    }

    [Fact]
    public void Unknown_names_and_missing_parameters_are_said()
    {
        Graph graph = SmallNet.Build();
        using var runner = new Runner(graph);
        Assert.Contains("its inputs are x, labels", Assert.Throws<GraphException>(() => runner.Program.Input("y", 1)).Message);
        Assert.Contains("no output", Assert.Throws<GraphException>(() => runner.Program.Output("nothing")).Message);
        Assert.Contains("give both flat vectors", Assert.Throws<GraphException>(() => runner.Run(SmallNet.Inputs(1), [0, 1])).Message);
    }

    [Fact]
    public void Inner_values_can_be_fetched_by_name()
    {
        Graph graph = SmallNet.Build();
        Graph slice = GraphSlice.To(graph, "hidden/out", "logits");
        Assert.Equal(["x"], slice.Inputs.Select(i => i.Name));
        Assert.Equal(graph.ParameterCount, slice.ParameterCount);
        using var runner = new Runner(slice);
        byte[][] got = runner.Run(SmallNet.Inputs(3), [0, 3], SmallNet.Weights(graph));
        Assert.Equal([3 * 10 * 4, 3 * 3 * 4], got.Select(b => b.Length));
        Assert.Throws<GraphException>(() => GraphSlice.To(graph, "nothing"));
    }

    private static byte[][] Run(Graph graph, float[] weights, int threads, ProgramOptions options)
    {
        using var runner = new Runner(graph, threads, options);
        return runner.Run(SmallNet.Inputs(33), [0, 8, 16, 16, 33], weights);
    }
}
