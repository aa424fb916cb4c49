using System.Text.Json;
using YarnDL.Data.Features;
using YarnDL.Data.Lakes;
using YarnDL.Nn;
using YarnDL.Tests.Commands;
using YarnDL.Training;

namespace YarnDL.Tests.EndToEnd;

/// <summary>Every input row is counted once, whoever left it out.</summary>
public sealed class RowLedgerTests
{
    private const string Small = "model={type: mlp, outputs: 10, hidden: []}";

    [Theory]
    [InlineData("data.train={path: digits.parquet, filter: digit < 7}")]
    [InlineData("data.train={path: digits.parquet, filter: digit < 7}", "train.workers=2")]
    [InlineData("data.tables={digits: digits.parquet}", "data.train={table: digits, filter: digit < 7}")]
    [InlineData("data.tables={digits: digits.parquet}", "data.train={sql: select * from digits, filter: digit < 7}")]
    public void Rows_that_a_filter_leaves_out_are_counted(params string[] settings)
    {
        using DigitsJob job = new();
        long sevens = Count(job, "digit >= 7");
        CommandLine train = CommandLine.Executable(job.Folder, ["train", job.Job, "--set", Small, "--set", "train.epochs=1", .. settings.SelectMany(s => new[] { "--set", s })]);
        Assert.True(train.Code == 0, train.Error);
        JsonElement ledger = train.Outcome.GetProperty("ledger");
        Assert.InRange(sevens, 50, 150);
        Assert.Equal(sevens, Of(ledger, "filtered"));
        Assert.Equal(300, Of(ledger, "read"));
        Assert.InRange(Of(ledger, "heldOut"), 20, 100);
        Balances(ledger, "trained", "heldOut", "filtered", "dropped", "quarantined");
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(job.Output, "model", "manifest.json")));
        Assert.Equal(sevens, Of(manifest.RootElement.GetProperty("ledger"), "filtered"));
    }

    [Fact]
    public void Filtered_validation_rows_are_counted_too_and_scored_rows_as_well()
    {
        using DigitsJob job = new();
        CommandLine train = CommandLine.Executable(job.Folder, "train", job.Job, "--set", Small, "--set", "train.epochs=1", "--set", "data.split=0",
            "--set", "data.train={path: digits.parquet, filter: id < 200}", "--set", "data.validation={path: digits.parquet, filter: id >= 250}");
        Assert.True(train.Code == 0, train.Error);
        JsonElement ledger = train.Outcome.GetProperty("ledger");
        Assert.Equal((600, 200, 50, 350), (Of(ledger, "read"), Of(ledger, "trained"), Of(ledger, "heldOut"), Of(ledger, "filtered")));

        CommandLine score = CommandLine.Executable(job.Folder, "score", job.Job, "--filter", "id < 40");
        Assert.True(score.Code == 0, score.Error);
        JsonElement scored = score.Outcome.GetProperty("scoreLedger");
        Assert.Equal((300, 40, 260), (Of(scored, "read"), Of(scored, "scored"), Of(scored, "filtered")));
        Balances(scored, "scored", "quarantined", "dropped", "filtered");
    }

    [Fact]
    public async Task A_resumed_run_has_the_same_ledger_although_its_table_is_gone()
    {
        using DigitsJob files = new();
        using var lake = new EmbeddedLake();
        var rows = lake.Parquet(Path.Combine(files.Folder, "digits.parquet")).Where("digit < 7").Select(Feature.Image("png").Grayscale().Resize(28, 28), Label.Index("digit").Of(10));
        using CancellationTokenSource stop = new();
        Trainer Make(bool resume, ITrainingProgress? progress) => new(new Mlp(10, []), Loss.CrossEntropy(), new Adam(0.003))
        {
            Epochs = 3,
            BatchSize = 32,
            ValidationSplit = 0.2,
            Threads = 1,
            Fingerprint = "test",
            Output = files.Output,
            Resume = resume,
            Progress = progress,
        };
        FitResult cut = await Make(false, new StopAtFirstStep(stop)).FitAsync(rows, stop.Token);
        Assert.Equal(TrainingOutcome.Cancelled, cut.Training.Outcome);
        long filtered = Count(files, "digit >= 7");
        File.Delete(Path.Combine(files.Folder, "digits.parquet"));
        FitResult rest = await Make(true, null).FitAsync(rows);
        Assert.Equal(TrainingOutcome.Trained, rest.Training.Outcome);
        Assert.Equal(cut.Ledger, rest.Ledger);
        Assert.True(rest.Ledger.Balances);
        Assert.Equal((300, filtered), (rest.Ledger.Read, rest.Ledger.Filtered));
    }

    [Theory]
    [InlineData("train", "--set", "data.train={path: digits.parquet, filter: digit > 100}")]
    [InlineData("score", "--filter", "digit > 100")]
    public void A_filter_that_leaves_nothing_says_how_many_rows_it_left_out(string command, params string[] more)
    {
        using DigitsJob job = new(rows: 60);
        if (command == "score")
        {
            Assert.Equal(0, CommandLine.Executable(job.Folder, "train", job.Job, "--set", Small, "--set", "train.epochs=1").Code);
        }

        CommandLine result = CommandLine.Executable(job.Folder, [command, job.Job, .. more]);
        Assert.True(result.Code == 99, result.Error);
        Assert.Contains("the filter leaves out all 60 rows", result.Error);
    }

    private static long Of(JsonElement ledger, string name) => ledger.GetProperty(name).GetInt64();

    private static void Balances(JsonElement ledger, params string[] parts) => Assert.Equal(Of(ledger, "read"), parts.Sum(p => Of(ledger, p)));

    private static long Count(DigitsJob job, string filter)
    {
        using EmbeddedLake lake = new();
        return lake.Read(job.Parquet("digits.parquet"), new ReadRequest(["id"], filter)).Sum(static b => (long)b.Rows);
    }

    private sealed class StopAtFirstStep(CancellationTokenSource stop) : ITrainingProgress
    {
        public void Stage(string name)
        {
        }

        public void Rows(long done, long? total)
        {
        }

        public void Step(StepReport report) => stop.Cancel();

        public void Epoch(EpochReport report)
        {
        }

        public void Notice(string message)
        {
        }
    }
}
