using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Batch normalisation trains by the statistics of shards and leaves running ones behind.</summary>
public sealed class BatchStatisticsTests
{
    [Fact]
    public void Running_statistics_move_and_threads_do_not_change_a_bit()
    {
        using var training = new SmallTraining();
        using var one = new LocalEngine(1, prefetch: false);
        using var three = new LocalEngine(3);
        TrainingResult first = SmallTraining.Fit(training.Run("one", one), plan: Plan());
        TrainingResult second = SmallTraining.Fit(training.Run("three", three), plan: Plan());
        Assert.Equal(SmallTraining.Weights(first), SmallTraining.Weights(second));
        float[] mean = training.Open(first).Model.Weights("1.running_mean").ToArray();
        float[] variance = training.Open(first).Model.Weights("1.running_var").ToArray();
        Assert.All(mean, v => Assert.True(float.IsFinite(v) && v != 0));
        Assert.All(variance, v => Assert.True(float.IsFinite(v) && v > 0 && v != 1));
        Assert.Equal(mean, training.Open(second).Model.Weights("1.running_mean").ToArray());
        Assert.True(first.Epochs[^1].Values["val_accuracy"] > 0.6, $"accuracy {first.Epochs[^1].Values["val_accuracy"]}");
    }

    private static TrainingPlan Plan() => SmallTraining.Plan with
    {
        Model = Model.Build(new Sequential(new Linear(null, 16), new BatchNorm(axes: 3), new ReLU(), new Linear(null, 3)),
            [new InputSpec("x", DType.Float32, new Shape(SmallTraining.Features))], seed: 7),
    };
}
