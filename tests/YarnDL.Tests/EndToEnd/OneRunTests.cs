using System.Diagnostics;
using YarnDL.Tests.Commands;

namespace YarnDL.Tests.EndToEnd;

/// <summary>Two runs in one output folder, through the real executable.</summary>
public sealed class OneRunTests
{
    [Fact]
    public void A_second_run_in_the_same_folder_is_refused_and_a_killed_one_is_taken_over()
    {
        using DigitsJob job = new(rows: 200);
        string[] settings = ["train", job.Job, "--set", "train.epochs=1000"];
        using Process first = Cli.Start(job.Folder, new Dictionary<string, string>(), settings);
        first.ErrorDataReceived += static (_, _) => { };
        first.BeginErrorReadLine();
        try
        {
            // "training" is said once the first step is near.
            string? line;
            do
            {
                line = first.StandardOutput.ReadLine();
            }
            while (line is not null && !line.StartsWith("epoch", StringComparison.Ordinal));
            Assert.NotNull(line);

            CliResult second = Cli.Run(job.Folder, "train", job.Job, "--set", "train.epochs=1");
            Assert.True(second.Code == 6, second.All);
            Assert.Contains($"in use by process {first.Id} on {Environment.MachineName}, which began ", second.Error);
            Assert.Equal("resources", (string?)second.Outcome["outcome"]);
            Assert.True((bool)second.Outcome["retryable"]!);
            Assert.False(File.Exists(Path.Combine(job.Output, "outcome.json")), "the outcome is the first run's");
            Assert.False(first.HasExited);
        }
        finally
        {
            first.Kill();
            first.WaitForExit();
        }

        Assert.True(File.Exists(Path.Combine(job.Output, "run.lock")));
        CliResult third = Cli.Run(job.Folder, "train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}");
        Assert.True(third.Code == 0, third.All);
        Assert.Contains($"process {first.Id} on ", third.Output);
        Assert.False(File.Exists(Path.Combine(job.Output, "run.lock")));
    }

    [Fact]
    public void A_refused_run_leaves_the_outcome_of_a_finished_one()
    {
        using DigitsJob job = new(rows: 100);
        string[] small = ["--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}"];
        Assert.Equal(0, CommandLine.InProcess(["train", job.Job, .. small]).Code);
        string outcome = File.ReadAllText(Path.Combine(job.Output, "outcome.json"));
        CommandLine other = CommandLine.InProcess(["train", job.Job, .. small, "--set", "seed=77"]);
        Assert.Equal(2, other.Code);
        Assert.Equal(outcome, File.ReadAllText(Path.Combine(job.Output, "outcome.json")));
        Assert.Equal(0, CommandLine.InProcess(["score", job.Job]).Code);
        string scored = File.ReadAllText(Path.Combine(job.Folder, "predictions.outcome.json"));
        Assert.Equal(2, CommandLine.InProcess(["score", job.Job]).Code);
        Assert.Equal(scored, File.ReadAllText(Path.Combine(job.Folder, "predictions.outcome.json")));
    }
}
