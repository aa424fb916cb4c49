using System.Text.Json;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;

namespace YarnDL.Tests.Commands;

/// <summary>The whole way through the real executable.</summary>
public sealed class TrainCommandTests
{
    [Fact]
    public void Train_evaluate_score_inspect_and_report_work_on_one_job()
    {
        using DigitsJob job = new();
        CommandLine train = CommandLine.Executable(job.Folder, "train", job.Job);
        Assert.True(train.Code == 0, train.Error + train.Out);
        Assert.Equal("done", train.Outcome.GetProperty("outcome").GetString());
        JsonElement ledger = train.Outcome.GetProperty("ledger");
        Assert.Equal(300, ledger.GetProperty("read").GetInt64());
        Assert.Equal(300, ledger.GetProperty("trained").GetInt64() + ledger.GetProperty("heldOut").GetInt64());
        foreach (string file in (string[])["model/model.onnx", "model/weights.safetensors", "model/features.json", "model/manifest.json", "model/card.md", "metrics.jsonl", "report.html", "run.json", "job.yaml", "evaluation.json"])
        {
            Assert.True(File.Exists(Path.Combine(job.Output, file)), file);
        }

        Assert.False(Directory.Exists(Path.Combine(job.Output, "blocks")));
        Assert.Equal(train.LastLine, File.ReadAllText(Path.Combine(job.Output, "outcome.json")).TrimEnd('\n'));

        CommandLine again = CommandLine.Executable(job.Folder, "train", job.Job);
        Assert.True(again.Code == 0, again.Error);
        Assert.Contains("already", again.Out);
        CommandLine other = CommandLine.Executable(job.Folder, "train", job.Job, "--set", "seed=6");
        Assert.Equal(2, other.Code);
        Assert.Contains("--run-id", other.Error);

        CommandLine evaluate = CommandLine.Executable(job.Folder, "evaluate", "--model", Path.Combine(job.Output, "model"), "--input", Path.Combine(job.Folder, "digits.parquet"), "--output", Path.Combine(job.Folder, "measured"));
        Assert.True(evaluate.Code == 0, evaluate.Error);
        Assert.Equal(300, evaluate.Outcome.GetProperty("rows").GetInt64());

        CommandLine score = CommandLine.Executable(job.Folder, "score", job.Job);
        Assert.True(score.Code == 0, score.Error);
        Assert.Equal(300, score.Outcome.GetProperty("scoreLedger").GetProperty("scored").GetInt64());
        using EmbeddedLake lake = new();
        ColumnBatch[] batches = [.. lake.Read(new TableSource { Format = "parquet", Paths = [Path.Combine(job.Folder, "predictions")] }, new ReadRequest())];
        Assert.Equal(300, batches.Sum(b => b.Rows));
        Assert.Contains(batches[0].Schema.Fields, f => f.Name == "id");
        CommandLine twice = CommandLine.Executable(job.Folder, "score", job.Job);
        Assert.Equal(2, twice.Code);

        CommandLine inspect = CommandLine.Executable(job.Folder, "inspect", Path.Combine(job.Output, "model"));
        Assert.True(inspect.Code == 0, inspect.Error);
        Assert.Equal(61706, inspect.Outcome.GetProperty("parameters").GetInt64());

        string page = File.ReadAllText(Path.Combine(job.Output, "report.html"));
        File.Delete(Path.Combine(job.Output, "report.html"));
        CommandLine report = CommandLine.Executable(job.Folder, "report", job.Output);
        Assert.True(report.Code == 0, report.Error);
        Assert.Equal(page, File.ReadAllText(Path.Combine(job.Output, "report.html")));
    }

    [Fact]
    public void Already_done_means_that_the_model_is_whole_and_the_report_there()
    {
        using DigitsJob job = new(rows: 120);
        string[] train = ["train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}"];
        Assert.Equal(0, CommandLine.InProcess(train).Code);
        string report = Path.Combine(job.Output, "report.html"), page = File.ReadAllText(report);
        File.Delete(report);
        Assert.Equal(0, CommandLine.InProcess(train).Code);
        Assert.Equal(page, File.ReadAllText(report));
        File.AppendAllText(Path.Combine(job.Output, "model", "weights.safetensors"), "x");
        CommandLine damaged = CommandLine.InProcess(train);
        Assert.Equal(5, damaged.Code);
        Assert.Contains("weights.safetensors", damaged.Error);
    }

    [Fact]
    public void A_run_that_ended_between_its_model_and_its_report_is_finished_by_the_next()
    {
        using DigitsJob job = new(rows: 120);
        string[] train = ["train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}"];
        CommandLine first = CommandLine.InProcess(train);
        Assert.True(first.Code == 0, first.Error);
        byte[] weights = File.ReadAllBytes(Path.Combine(job.Output, "model", "weights.safetensors"));
        string page = File.ReadAllText(Path.Combine(job.Output, "evaluation.json"));
        foreach (string late in (string[])["run.json", "report.html", "evaluation.json", "outcome.json"])
        {
            File.Delete(Path.Combine(job.Output, late));
        }

        CommandLine other = CommandLine.InProcess([.. train, "--set", "seed=6"]);
        Assert.Equal(2, other.Code);
        CommandLine again = CommandLine.InProcess(train);
        Assert.True(again.Code == 0, again.Error);
        Assert.Equal(weights, File.ReadAllBytes(Path.Combine(job.Output, "model", "weights.safetensors")));
        Assert.Equal(page, File.ReadAllText(Path.Combine(job.Output, "evaluation.json")));
        Assert.True(File.Exists(Path.Combine(job.Output, "report.html")));
        Assert.True(File.Exists(Path.Combine(job.Output, "run.json")));
    }

    [Fact]
    public void A_gate_that_is_not_met_is_exit_20_and_publishes_nothing()
    {
        using DigitsJob job = new(rows: 120);
        CommandLine train = CommandLine.InProcess("train", job.Job, "--set", "gate=accuracy >= 0.999", "--set", "train.epochs=1");
        Assert.True(train.Code == 20, train.Error);
        Assert.False(Directory.Exists(Path.Combine(job.Output, "model")));
        Assert.True(Directory.Exists(Path.Combine(job.Output, "model.rejected")));
        Assert.Contains("accuracy", train.Error);
    }

    [Fact]
    public void A_run_id_gives_each_run_its_folder()
    {
        using DigitsJob job = new(rows: 120);
        CommandLine train = CommandLine.InProcess("train", job.Job, "--run-id", "2026-11-21", "--set", "train.epochs=1");
        Assert.True(train.Code == 0, train.Error);
        Assert.True(File.Exists(Path.Combine(job.Output, "2026-11-21", "model", "manifest.json")));
        Assert.True(File.Exists(Path.Combine(job.Output, "2026-11-21", "outcome.json")));
    }

    [Fact]
    public void A_second_training_starts_from_an_earlier_model()
    {
        using DigitsJob job = new(rows: 120);
        CommandLine first = CommandLine.InProcess("train", job.Job, "--run-id", "one", "--set", "train.epochs=1", "--set", "train.saveOptimizer=true");
        Assert.True(first.Code == 0, first.Error);
        CommandLine second = CommandLine.InProcess("train", job.Job, "--run-id", "two", "--set", "train.epochs=1",
            "--set", $"init={{from: {first.Outcome.GetProperty("model").GetString()}, optimizer: true, features: true}}");
        Assert.True(second.Code == 0, second.Error);
        Assert.NotEqual(File.ReadAllBytes(Path.Combine(job.Output, "one", "model", "weights.safetensors")), File.ReadAllBytes(Path.Combine(job.Output, "two", "model", "weights.safetensors")));
    }

    [Fact]
    public void Inspect_tells_a_missing_path()
    {
        CommandLine result = CommandLine.InProcess("inspect", "nowhere");
        Assert.Equal(3, result.Code);
    }

    [Fact]
    public void Doctor_finds_all_in_order()
    {
        CommandLine doctor = CommandLine.InProcess("doctor");
        Assert.True(doctor.Code == 0, doctor.Out);
        Assert.DoesNotContain("!!", doctor.Out);
        Assert.Equal(9, doctor.Out.Split('\n').Count(l => l.StartsWith("ok ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Exit_codes_are_listed()
    {
        CommandLine list = CommandLine.InProcess("exit-codes");
        Assert.Contains("  20  gate", list.Out);
        Assert.Contains("  99  empty", list.Out);
    }
}
