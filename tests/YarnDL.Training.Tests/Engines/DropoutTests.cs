using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Dropout draws by row, so that it trains alike whoever computes.</summary>
public sealed class DropoutTests
{
    [Fact]
    public void Threads_do_not_change_a_bit_and_the_seed_does()
    {
        using var training = new SmallTraining();
        using var one = new LocalEngine(1, prefetch: false);
        using var three = new LocalEngine(3);
        string first = SmallTraining.Weights(SmallTraining.Fit(training.Run("one", one), plan: Plan(0.5)));
        Assert.Equal(first, SmallTraining.Weights(SmallTraining.Fit(training.Run("three", three), plan: Plan(0.5))));
        Assert.NotEqual(first, SmallTraining.Weights(SmallTraining.Fit(training.Run("whole", one), plan: Plan(0))));
        Assert.NotEqual(first, SmallTraining.Weights(SmallTraining.Fit(training.Run("other", one), plan: Plan(0.5) with { Seed = SmallTraining.Plan.Seed + 1 })));
    }

    private static TrainingPlan Plan(double ratio) => SmallTraining.Plan with
    {
        Model = Model.Build(new Sequential(new Linear(null, 16), new ReLU(), new Dropout(ratio), new Linear(null, 3)),
            [new InputSpec("x", DType.Float32, new Shape(SmallTraining.Features))], seed: 7),
    };
}
