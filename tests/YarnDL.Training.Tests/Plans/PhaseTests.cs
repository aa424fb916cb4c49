using YarnDL.Graphs;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Steps of several phases: what a phase leaves is what the next one sees.</summary>
public sealed class PhaseTests
{
    private const int Steps = 10;

    [Fact]
    public void Two_networks_take_turns_with_the_same_bits_whoever_computes()
    {
        Model trained = TinyRows.SameEverywhere(Turns, Steps);
        Model before = Turns.Model;
        foreach (Value p in before.Graph.Parameters)
        {
            Assert.NotEqual(before.Weights(p.Name).ToArray(), trained.Weights(p.Name).ToArray());
        }
    }

    [Fact]
    public void A_phase_trains_its_own_parameters_only()
    {
        TrainingPlan plan = Turns with { Phases = [Turns.Phases[0]] };
        float[] all = TinyRows.Train(plan);
        foreach (Value p in plan.Model.Graph.Parameters)
        {
            float[] now = all.AsSpan((int)p.Offset, (int)p.Shape.At(1).ElementCount).ToArray();
            Assert.Equal(p.Name.StartsWith("judge", StringComparison.Ordinal), !now.AsSpan().SequenceEqual(plan.Model.Weights(p.Name)));
        }
    }

    [Fact]
    public void The_second_phase_sees_the_weights_that_the_first_has_left()
    {
        var seen = new List<float>();
        TrainingPlan plan = Turns with { StepFunction = new Watch(seen), Epochs = 1 };
        float[] watched = TinyRows.Train(plan);
        Assert.Equal(TinyRows.Train(plan with { StepFunction = null }), watched);
        Assert.Equal(10, seen.Count);
        Assert.All(Enumerable.Range(0, 5), s => Assert.NotEqual(seen[2 * s], seen[(2 * s) + 1]));

        using var folder = new TemporaryFolder();
        using var workers = new ProcessEngine(new ProcessEngineOptions { Workers = 2, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand });
        TrainingResult r = TinyRows.Fit(plan with { StepFunction = null }, folder["run"], workers);
        Assert.Equal(watched, Training.ModelDirectories.ModelDirectory.Open(new Data.Files.LocalFileStore(), r.ModelPath!).Model.Parameters.Span<float>().ToArray());
    }

    [Fact]
    public void Each_phase_reports_its_loss_and_metrics_under_its_name()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        var recorder = new Recorder();
        TinyRows.Fit(Turns, folder["run"], engine, recorder);
        IReadOnlyDictionary<string, double> values = recorder.Epochs[^1].Values;
        Assert.Equal(values["loss"], values["judge_loss"] + values["maker_loss"], 1e-12);
        Assert.Contains("maker_loss", values.Keys);
    }

    [Fact]
    public void A_number_as_target_is_the_column_full_of_it()
    {
        TrainingPlan plan = Turns;
        LossTerm Full(LossTerm l) => new(l.Loss, l.Output, l.TargetColumn == "one" ? 1 : 0, l.Weight, "weight");
        float[] columns = TinyRows.Train(plan with { Phases = [.. plan.Phases.Select(p => p with { Losses = [.. p.Losses.Select(l => l with { RowWeightColumn = "weight" })] })] });
        Assert.Equal(columns, TinyRows.Train(plan with { Phases = [.. plan.Phases.Select(p => p with { Losses = [.. p.Losses.Select(Full)] })] }));

        // A class for all rows; images and other targets of several axes are filled too.
        TrainingPlan classes = TinyRows.Plan(new Linear(6, 3), "x") with { Losses = [new(Loss.CrossEntropy(), "output", 2)] };
        float[] w = TinyRows.Train(classes);
        Assert.True(w[20] > w[18] && w[20] > w[19]);
        TrainingException e = Assert.ThrowsAny<TrainingException>(() => TinyRows.Train(classes with { Metrics = [new Accuracy()] }));
        Assert.Contains("name the metric's target", e.Message, StringComparison.Ordinal);
        Assert.Contains("whole numbers from 0", Assert.Throws<GraphException>(() => TinyRows.Train(classes with { Losses = [new(Loss.CrossEntropy(), "output", 0.5)] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_phase_that_runs_in_every_third_step_learns_as_often()
    {
        TrainingPlan plan = Turns with { Phases = [Turns.Phases[0], Turns.Phases[1] with { Every = 3 }] };
        TinyRows.SameEverywhere(plan, Steps);
        Assert.Equal(TinyRows.Train(plan with { Phases = [plan.Phases[0], plan.Phases[1] with { Every = 1 }], StepFunction = new Third() }), TinyRows.Train(plan));
        Assert.Contains("the first runs in every step", Assert.Throws<TrainingException>(() => TinyRows.Train(plan with { Phases = [.. plan.Phases.Reverse()] })).Message, StringComparison.Ordinal);
        Assert.Contains("only where all phases run in every step", Assert.Throws<TrainingException>(() => TinyRows.Train(plan with { Accumulate = 2 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_phase_gathers_the_gradients_of_several_steps() => TinyRows.SameEverywhere(Turns with { Accumulate = 2, ClipNorm = 1 }, Steps);

    [Fact]
    public void A_repeated_phase_learns_several_times_from_the_rows_of_a_step()
    {
        TrainingPlan plan = Turns with { StepFunction = new RepeatPhases(1, 1) };
        float[] once = TinyRows.Train(Turns);
        Assert.Equal(once, TinyRows.Train(plan));
        Assert.NotEqual(once, TinyRows.Train(plan with { StepFunction = StepFunction.From(new Spec("repeat", new() { ["times"] = new System.Text.Json.Nodes.JsonArray(3, 1) })) }));
        Assert.Contains("3 numbers, the step has 2 phases", Assert.Throws<TrainingException>(() => TinyRows.Train(plan with { StepFunction = new RepeatPhases(1, 1, 2) })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metrics_judge_the_outputs_that_they_name()
    {
        Symbol x = Input.Of("x", 6);
        var network = new Functional([x], ("class", new Linear(6, 3).Apply(x)), ("number", new Linear(6, 1).Apply(x)));
        TrainingPlan plan = TinyRows.Plan(new Linear(6, 3), "x") with
        {
            Model = Model.Build(network, seed: 5),
            Losses = [new(Loss.CrossEntropy(), "class", "kind"), new(Loss.Mse(), "number", "y", 0.5)],
            Metrics = [new Accuracy(), new MetricTerm(new MeanAbsoluteError(), "number"), new MetricTerm(new MeanAbsoluteError(), "number", "weight") { Name = "distance" }],
        };
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        var recorder = new Recorder();
        TrainingResult r = TinyRows.Fit(plan, folder["run"], engine, recorder);
        Assert.Equal(["accuracy", "distance", "loss", "loss_kind_0", "loss_y_1", "number_mae"], recorder.Epochs[^1].Values.Keys);
        Assert.NotEqual(recorder.Epochs[^1].Values["distance"], recorder.Epochs[^1].Values["number_mae"]);
        IReadOnlyList<MetricTerm> read = Training.ModelDirectories.ModelDirectory.Open(new Data.Files.LocalFileStore(), r.ModelPath!).Metrics;
        Assert.Equal(["accuracy", "number_mae", "distance"], read.Select(m => m.Shown));
        Assert.Equal(["", "y", "weight"], read.Select(m => m.TargetColumn));
        Assert.Contains("there is no encoded column z", Assert.Throws<TrainingException>(() => TinyRows.Train(plan with { Metrics = [new MetricTerm(new MeanAbsoluteError(), "number", "z")] })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_pattern_that_means_no_parameter_is_refused()
    {
        TrainingPlan plan = Turns with { Phases = [Turns.Phases[0] with { Trains = ["juge"] }] };
        Assert.Contains("no parameter is called juge", Assert.Throws<TrainingException>(() => TinyRows.Train(plan)).Message, StringComparison.Ordinal);
    }

    /// <summary>A maker turns x into something; a judge tells it from x; they take turns.</summary>
    internal static TrainingPlan Turns
    {
        get
        {
            Symbol x = Input.Of("x", 6);
            var judge = new Sequential(new Linear(6, 8), new Tanh(), new Linear(8, 1)) { Name = "judge" };
            Symbol made = new Sequential(new Linear(6, 6), new Tanh(), new Linear(6, 6)) { Name = "maker" }.Apply(x);
            var network = new Functional([x], ("real", judge.Apply(x)), ("made", judge.Apply(made)));
            LossTerm madeIsNot = new(new BinaryCrossEntropyLogits(null), "made", "zero");
            return TinyRows.Plan(new Linear(6, 3), "x") with
            {
                Model = Model.Build(network, seed: 5),
                Losses = [],
                Phases =
                [
                    new PhasePlan { Name = "judge", Losses = [new(new BinaryCrossEntropyLogits(null), "real", "one"), madeIsNot], Trains = ["judge"], Optimizer = new Adam(0.01) },
                    new PhasePlan { Name = "maker", Losses = [new(new BinaryCrossEntropyLogits(null), "made", "one")], Trains = ["maker"], Optimizer = new Sgd(0.05, momentum: 0.9) },
                ],
            };
        }
    }

    /// <summary>The second phase after every third step.</summary>
    private sealed class Third : StepFunction
    {
        public override string Name => "third";

        public override void Run(IStepContext context)
        {
            context.Compute(0);
            context.Update(0);
            if (context.Step % 3 == 2)
            {
                context.Compute(1);
                context.Update(1);
            }
        }
    }

    /// <summary>The phases one after the other, with a look at a weight of the judge before each.</summary>
    private sealed class Watch(List<float> seen) : StepFunction
    {
        public override string Name => "watch";

        public override void Run(IStepContext context)
        {
            for (int p = 0; p < context.Phases; p++)
            {
                seen.Add(context.Weights("judge.0.weight")[0]);
                context.Compute(p);
                context.Update(p);
            }
        }
    }
}
