using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Plans;

/// <summary>An optimizer that evaluates the loss at several points within a step.</summary>
public sealed class LbfgsTests
{
    private static TrainingPlan Plan => TinyRows.Plan(new Linear(null, 3), "x") with { Optimizer = new Lbfgs(learningRate: 1, iterations: 4, history: 5, strongWolfe: true), BatchSize = 160, Shards = 4 };

    [Fact]
    public void It_trains_with_the_same_bits_whoever_computes_and_however_often_it_is_broken_off() =>
        TinyRows.SameEverywhere(Plan with { Epochs = 8 }, steps: 8);

    [Fact]
    public void It_falls_faster_than_gradient_descent_on_one_batch()
    {
        Assert.True(LastLoss(Plan with { Epochs = 8 }) < LastLoss(Plan with { Epochs = 8, Optimizer = new Sgd(0.5) }));
    }

    [Fact]
    public void It_trains_a_network_with_shared_weights_and_batch_statistics() =>
        TinyRows.SameEverywhere(Plan with { Model = Model.Build(new Sequential(new Linear(null, 5), new BatchNorm(axes: 3), new Tanh(), new Linear(null, 3)), [new InputSpec("x", DType.Float32, new Shape(6))], seed: 2), Epochs = 4 }, steps: 4);

    [Fact]
    public void Clipping_with_it_is_refused()
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        Assert.Contains("lbfgs searches along its own steps", Assert.Throws<TrainingException>(() => TinyRows.Fit(Plan with { ClipNorm = 1 }, folder["run"], engine)).Message, StringComparison.Ordinal);
    }

    private static double LastLoss(TrainingPlan plan)
    {
        using var folder = new TemporaryFolder();
        using var engine = new LocalEngine(1);
        var recorder = new Recorder();
        TinyRows.Fit(plan, folder["run"], engine, recorder);
        return recorder.Losses[^1];
    }
}
