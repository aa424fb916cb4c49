using YarnDL.Testing;
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
        IReadOnlyList<GoldenCase> cases = YarnDL.Testing.Golden.Group("training");
        using var engine = new LocalEngine(2);
        int run = 0;
        var failures = new List<string>();
        foreach (GoldenCase c in cases)
        {
            try
            {
                new GoldenRun(c).Check(shards, engine);
                run++;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                failures.Add($"{c.Name}: {e.GetType().Name} {e.Message}");
            }
        }

        Console.WriteLine($"golden training: {run} of {cases.Count} runs agree with {shards} shards");
        Assert.True(failures.Count == 0, $"{failures.Count} of {cases.Count} runs differ with {shards} shards:\n{string.Join("\n", failures)}");
        Assert.Equal(cases.Count, run);
        Assert.NotEmpty(cases);
    }
}
