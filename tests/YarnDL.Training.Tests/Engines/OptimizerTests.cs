using YarnDL.Nn;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Optimizers that look at whole tensors, and schedules that listen, in a training.</summary>
public sealed class OptimizerTests
{
    [Theory]
    [InlineData("lamb", 0.02)]
    [InlineData("lars", 1.0)]
    [InlineData("adafactor", 0.05)]
    [InlineData("adagrad", 0.05)]
    public void Any_optimizer_learns_and_threads_do_not_change_a_bit(string name, double rate)
    {
        using var training = new SmallTraining();
        TrainingPlan plan = SmallTraining.Plan with { Optimizer = Optimizer.From(new Spec(name, new() { ["learningRate"] = rate })), Schedule = new ConstantSchedule(), Epochs = 6 };
        using var one = new LocalEngine(1, prefetch: false);
        using var three = new LocalEngine(3);
        var recorder = new Recorder();
        string weights = SmallTraining.Weights(SmallTraining.Fit(training.Run("one", one), recorder, plan));
        Assert.Equal(weights, SmallTraining.Weights(SmallTraining.Fit(training.Run("three", three), plan: plan)));
        Assert.True(recorder.Epochs[^1].Values["loss"] < 0.9 * recorder.Epochs[0].Values["loss"], $"the network learned nothing: {recorder.Epochs[0].Values["loss"]} to {recorder.Epochs[^1].Values["loss"]}");
    }

    [Fact]
    public void A_plateau_lowers_the_rate_and_a_resumed_run_goes_on_as_the_unbroken_one()
    {
        using var training = new SmallTraining();
        TrainingPlan plan = SmallTraining.Plan with { Schedule = new PlateauSchedule(factor: 0.5, patience: 0, threshold: 1, relative: false), Epochs = 4 };
        using var engine = new LocalEngine(1);
        var rates = new List<double>();
        TrainingResult whole = SmallTraining.Fit(training.Run("whole", engine), new Recorder(s => rates.Add(s.LearningRate)), plan);
        Assert.Equal([0.01, 0.01, 0.005, 0.0025], rates.Where((_, i) => i % 7 == 0));

        using var stop = new CancellationTokenSource();
        TrainingRun run = training.Run("broken", engine);
        SmallTraining.Fit(run, new Recorder(s =>
        {
            if (s.Epoch == 2 && s.StepOfEpoch == 2)
            {
                stop.Cancel();
            }
        }), plan, stop.Token);
        TrainingResult resumed = SmallTraining.Fit(run with { Resume = true }, plan: plan);
        Assert.Equal(SmallTraining.Weights(whole), SmallTraining.Weights(resumed));
    }
}
