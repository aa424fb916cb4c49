using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Golden;

/// <summary>The reference training runs with their explicit batches, and their twins whose batches are cut into shards: every case of the manifest, none left out.</summary>
public sealed class Golden_training_runs
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_run_agrees_with_the_reference(int shards)
    {
        using var engine = new LocalEngine(2);
        YarnDL.Testing.Golden.RunAll("training", c =>
        {
            new GoldenRun(c).Check(shards, engine);
            return true;
        });
    }
}
