using YarnDL.Nn;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Steps that go their own way, steps with random layers, and trainings that end by a trigger.</summary>
public sealed class StepFunctionTests
{
    [Fact]
    public void A_step_function_trains_with_the_same_bits_whoever_computes_and_keeps_its_numbers() =>
        TinyRows.SameEverywhere(PhaseTests.Turns with { StepFunction = new Alternating(), Epochs = 2 }, steps: 10);

    [Fact]
    public void A_run_is_not_resumed_by_another_step_function()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        using var stop = new CancellationTokenSource();
        TrainingPlan plan = PhaseTests.Turns with { StepFunction = new Alternating() };
        TinyRows.Fit(plan, folder["run"], engine, new Recorder(_ => stop.Cancel()), stop.Token);
        Assert.Contains("step function", Assert.Throws<TrainingException>(() => TinyRows.Fit(plan with { StepFunction = null }, folder["run"], engine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dropout_draws_the_same_numbers_whoever_computes_and_others_in_each_epoch()
    {
        TrainingPlan plan = TinyRows.Plan(new Sequential(new Linear(null, 16), new Dropout(0.5), new Linear(null, 3)), "x");
        TinyRows.SameEverywhere(plan, steps: 10);
        TrainingPlan still = plan with { Optimizer = new Sgd(0), Epochs = 2 };
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        var recorder = new Recorder();
        TinyRows.Fit(still, folder["run"], engine, recorder);
        Assert.NotEqual(recorder.Losses[0], recorder.Losses[5]);
    }

    [Fact]
    public void A_trigger_ends_the_training_in_the_middle_of_an_epoch_with_the_same_bits() =>
        TinyRows.SameEverywhere(TinyRows.Plan(new Linear(null, 3), "x") with { Epochs = 5, EndWhen = new MaxSteps(7) }, steps: 7);

    [Fact]
    public void An_end_that_depends_on_the_clock_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        TrainingPlan plan = TinyRows.Plan(new Linear(null, 3), "x") with { EndWhen = new AnyOf([new MaxSteps(3), new EverySeconds(1)]) };
        Assert.Contains("must not depend on the clock", Assert.Throws<TrainingException>(() => TinyRows.Fit(plan, folder["run"], engine)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checkpoints_and_summary_lines_follow_their_triggers()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        TrainingResult r = TinyRows.Fit(TinyRows.Plan(new Linear(null, 3), "x"), folder["run"], engine, change: run => run with
        {
            Checkpoints = new CheckpointPolicy { When = new EverySteps(4), Keep = 9, KeepBest = false },
            SummaryWhen = new EverySteps(3),
        });
        Assert.Equal(["step-000000000004", "step-000000000008"], Directory.GetDirectories(folder["run"] + "/checkpoints").Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(3, File.ReadAllLines(r.MetricsPath).Count(l => l.Contains("\"kind\":\"step\"", StringComparison.Ordinal)));
    }

    /// <summary>The judge learns in every step, the maker in every third, with a gradient that is halved; the count is kept.</summary>
    private sealed class Alternating : StepFunction
    {
        public override string Name => "alternating 3";

        public override void Run(IStepContext context)
        {
            double[] count = context.Keep("count", 1);
            context.Compute(0);
            context.Update(0);
            if (++count[0] % 3 == 0)
            {
                context.Compute(1);
                foreach (ref float g in context.Gradient(1, "maker.0.weight"))
                {
                    g *= 0.5f;
                }

                context.Update(1);
            }
        }
    }
}
