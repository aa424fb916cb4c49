using YarnDL.Nn;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Golden;

/// <summary>The reference training runs with their explicit batches, and their twins whose batches are cut into shards.</summary>
public sealed class Golden_training_runs
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Mlp_losses_norms_and_weights_agree_with_the_reference(int shards)
    {
        using var engine = new LocalEngine(2);
        new GoldenRun("mlp", new Mlp(10, [128, 64]), [784], new Sgd(0.05, momentum: 0.9)).Check(shards, engine);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Lenet5_losses_norms_and_weights_agree_with_the_reference(int shards)
    {
        using var engine = new LocalEngine(2);
        new GoldenRun("lenet5", new LeNet5(), [1, 28, 28], new Adam(0.002)).Check(shards, engine);
    }
}
