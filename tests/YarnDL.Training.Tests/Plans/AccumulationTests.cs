using YarnDL.Nn;
using YarnDL.Training.Engines;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Gradients of several steps averaged for one update.</summary>
public sealed class AccumulationTests
{
    [Fact]
    public void Two_steps_averaged_have_the_bits_of_one_step_with_twice_the_batch_and_twice_the_shards()
    {
        TrainingPlan small = TinyRows.Plan(new Sequential(new Linear(null, 8), new Tanh(), new Linear(null, 3)), "x") with { BatchSize = 16, Shards = 2, Accumulate = 2, Optimizer = new Adam(0.02), Schedule = new CosineSchedule() };
        TrainingPlan large = small with { BatchSize = 32, Shards = 4, Accumulate = 1 };
        Assert.Equal(TinyRows.Train(large, TinyRows.Of(4, 32, rows: 128)), TinyRows.Train(small, TinyRows.Of(2, 16, rows: 128)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Windows_end_with_the_epoch_and_the_bits_are_the_same_whoever_computes(int window) =>
        TinyRows.SameEverywhere(TinyRows.Plan(new Sequential(new Linear(null, 8), new Tanh(), new Linear(null, 3)), "x") with { Accumulate = window, Optimizer = new Adam(0.02) }, steps: 10);

    [Fact]
    public void Waiting_row_gradients_survive_a_break()
    {
        var network = new Sequential(new Embedding(TinyRows.Words, 4), new Flatten(), new Linear(null, 3));
        TrainingPlan plan = TinyRows.Plan(network, "ids") with { Accumulate = 5, Optimizer = new SparseAdam(0.05) };
        using ExplicitRows rows = TinyRows.Of();
        Assert.NotEmpty(TrainingGraph.Build(plan, rows.Columns, 4).Phases[0].Tables);
        TinyRows.SameEverywhere(plan, steps: 10);
    }

    [Fact]
    public void Accumulation_with_a_step_function_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        Assert.Contains("accumulate is 2 with a step function", Assert.Throws<TrainingException>(() => TinyRows.Fit(PhaseTests.Turns with { Accumulate = 2, StepFunction = new RepeatPhases(1, 1) }, folder["run"], engine)).Message, StringComparison.Ordinal);
    }
}
