using YarnDL.Graphs;
using YarnDL.Nn;

namespace YarnDL.Training.Tests.Plans;

/// <summary>Optimizers, rates and freezing by name.</summary>
public sealed class RuleTests
{
    private static TrainingPlan Plan => TinyRows.Plan(new Sequential(new Linear(null, 8), new Tanh(), new Linear(null, 8), new Tanh(), new Linear(null, 3)), "x");

    [Fact]
    public void Optimizers_by_name_train_with_the_same_bits_whoever_computes() => TinyRows.SameEverywhere(Plan with
    {
        Rules = [new("0", new Adam(0.01)), new("*.bias", Rate: 2), new("4", new Lamb(0.02), new StepSchedule(1, 0.5))],
        ClipNorm = 1,
        ClipValue = 0.05,
    }, steps: 10);

    [Fact]
    public void Frozen_parameters_stay_and_send_nothing()
    {
        TrainingPlan plan = Plan with { Rules = [new("0", Frozen: true), new("2.bias", Frozen: true)] };
        plan.Model.Freeze("4.bias");
        using Training.Steps.ExplicitRows rows = TinyRows.Of();
        Training.Steps.Phase phase = Training.Steps.TrainingGraph.Build(plan, rows.Columns, 4).Phases[0];
        Assert.Equal((8 * 8) + (8 * 3), phase.GradientCount);
        Assert.Equal(["2.weight", "4.weight"], Moved(plan));
        TinyRows.SameEverywhere(plan, steps: 10);
    }

    [Fact]
    public void A_rate_multiplies_the_learning_rate_of_what_it_names()
    {
        TrainingPlan plan = Plan with { Epochs = 1, Optimizer = new Sgd(0.1) };
        float[] doubled = TinyRows.Train(plan with { Rules = [new("*", Rate: 2)] });
        Assert.Equal(TinyRows.Train(plan with { Optimizer = new Sgd(0.2) }), doubled);
        Assert.Equal(TinyRows.Train(plan), TinyRows.Train(plan with { Rules = [new("2", new Sgd(0.1)), new("4.bias", new Sgd(0.05), Rate: 2)] }));
        Assert.Equal(["2.bias", "2.weight", "4.bias", "4.weight"], Moved(plan with { Rules = [new("0", Rate: 0)] }));
    }

    [Fact]
    public void The_first_rule_that_matches_holds() =>
        Assert.Equal(["0.bias", "0.weight"], Moved(Plan with { Rules = [new("0"), new("*", Frozen: true)] }));

    private static string[] Moved(TrainingPlan plan)
    {
        float[] after = TinyRows.Train(plan);
        return [.. plan.Model.Graph.Parameters.Where(p => !after.AsSpan((int)p.Offset, (int)p.Shape.At(1).ElementCount).SequenceEqual(plan.Model.Weights(p.Name))).Select(p => p.Name).Order(StringComparer.Ordinal)];
    }
}
