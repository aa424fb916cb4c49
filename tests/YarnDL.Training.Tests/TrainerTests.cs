using System.Text.Json.Nodes;
using YarnDL.Nn;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests;

public sealed class TrainerTests : IDisposable
{
    private readonly SmallTraining _training = new();
    private readonly LocalEngine _engine = new(2);

    public void Dispose()
    {
        _engine.Dispose();
        _training.Dispose();
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_run_with_its_step()
    {
        var recorder = new Recorder();
        var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(_training.Run("run", _engine), recorder, SmallTraining.Plan with { Optimizer = new Sgd(1e30) }));
        Assert.Equal(TrainingFault.GaveUp, e.Fault);
        Assert.Contains($"step {recorder.Losses.Count} ", e.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_training["run/model"]));
    }

    [Fact]
    public void Metrics_lines_tell_every_step_and_every_epoch()
    {
        var recorder = new Recorder();
        TrainingResult result = SmallTraining.Fit(_training.Run("run", _engine), recorder);
        JsonObject[] lines = [.. File.ReadAllLines(result.MetricsPath).Select(l => JsonNode.Parse(l)!.AsObject())];
        Assert.Equal(recorder.Losses, lines.Where(l => (string)l["kind"]! == "step").Select(l => (double)l["loss"]!));
        JsonObject[] epochs = [.. lines.Where(l => (string)l["kind"]! == "epoch")];
        Assert.Equal(2, epochs.Length);
        foreach (string name in (string[])["loss", "accuracy", "val_loss", "val_accuracy"])
        {
            Assert.Equal(result.Epochs[1].Values[name], (double)epochs[1][name]!);
        }

        Assert.Equal(_training.Encoded.Ledger.Trained, lines.Where(l => (string)l["kind"]! == "step" && (int)l["epoch"]! == 1).Sum(l => (long)l["rows"]!));
    }

    [Fact]
    public void The_plans_model_keeps_its_weights()
    {
        TrainingPlan plan = SmallTraining.Plan;
        float[] before = plan.Model.Parameters.Span<float>().ToArray();
        SmallTraining.Fit(_training.Run("run", _engine), plan: plan);
        Assert.Equal(before, plan.Model.Parameters.Span<float>().ToArray());
    }

    [Theory]
    [InlineData("label", "there is no encoded column label")]
    [InlineData("x", "")]
    public void A_target_that_does_not_exist_or_does_not_fit_is_refused_by_name(string column, string expected) =>
        Assert.Contains(expected, Assert.ThrowsAny<Exception>(() => SmallTraining.Fit(_training.Run("run", _engine), plan: SmallTraining.Plan with { Losses = [new LossTerm(Loss.CrossEntropy(), "output", column)] })).Message, StringComparison.Ordinal);

    [Fact]
    public void Blocks_cut_for_another_number_of_shards_are_refused()
    {
        var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(_training.Run("run", _engine), plan: SmallTraining.Plan with { Shards = 4 }));
        Assert.Contains("8 shards", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_input_that_no_column_feeds_is_refused_by_name()
    {
        var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(_training.Run("run", _engine), plan: SmallTraining.Plan with { Inputs = new Dictionary<string, string>() }));
        Assert.Contains("input x", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_weighted_losses_are_minimised_together()
    {
        TrainingPlan plan = SmallTraining.Plan with { Losses = [new LossTerm(Loss.CrossEntropy(), "output", "kind", 0.25), new LossTerm(Loss.CrossEntropy(), "output", "kind", 0.75)] };
        var two = new Recorder();
        var one = new Recorder();
        SmallTraining.Fit(_training.Run("two", _engine), two, plan);
        SmallTraining.Fit(_training.Run("one", _engine), one);
        for (int i = 0; i < one.Losses.Count; i++)
        {
            Assert.Equal(one.Losses[i], two.Losses[i], 3);
        }

        Assert.True(two.Losses[^1] < two.Losses[0]);
    }
}
