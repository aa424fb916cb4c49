using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Data.Lakes;
using YarnDL.Data.Rows;
using YarnDL.Digits;
using YarnDL.Testing;

namespace YarnDL.Tests.EndToEnd;

/// <summary>packaging/examples/gan: two phases from a job file, through the executable, on a small table.</summary>
public sealed class AdversarialTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-gan-").FullName;

    public AdversarialTests()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "yarndl-demo"));
        using EmbeddedLake lake = new();
        DigitTable.Write(lake, new() { Format = "parquet", Paths = [Path.Combine(_folder, "yarndl-demo", "digits.parquet")] }, WriteMode.Create, 5, 0, 200);
    }

    [Fact]
    public void A_maker_and_a_judge_learn_in_turn_with_the_same_bytes_whoever_computes()
    {
        CliResult first = Train("one");
        Assert.True(first.Code == 0, first.All);
        JsonNode metrics = first.Outcome["metrics"]!;
        Assert.Equal((double)metrics["loss"]!, (double)metrics["judge_loss"]! + (double)metrics["maker_loss"]!, 1e-6);
        Assert.Equal((double)metrics["judge_loss"]!, (double)metrics["judge_loss_real_0"]! + (double)metrics["judge_loss_fake_1"]!, 1e-6);
        string reference = Hash("one");
        foreach ((string output, string setting) in ((string, string)[])[("threads", "train.threads=2"), ("workers-1", "train.workers=1"), ("workers-2", "train.workers=2")])
        {
            CliResult other = Train(output, setting);
            Assert.True(other.Code == 0, other.All);
            Assert.Equal(reference, Hash(output));
        }

        Resumes("one", reference);
        Makes("one");
    }

    [Fact]
    public void A_judge_may_learn_more_often_than_the_maker()
    {
        CliResult seldom = Train("seldom", "phases.1.every=2");
        CliResult repeated = Train("repeated", "train.step={type: repeat, times: [2, 1]}");
        Assert.True(seldom.Code == 0 && repeated.Code == 0, seldom.All + repeated.All);
        Assert.NotEqual(Hash("seldom"), Hash("repeated"));
        CliResult wrong = Train("wrong", "train.step={type: repeat, times: [2]}");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("times has 1 numbers, the step has 2 phases", wrong.All);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>What a kill after step 8 leaves: a checkpoint, no model.</summary>
    private void Resumes(string output, string reference)
    {
        string run = Path.Combine(_folder, output);
        Directory.Delete(Path.Combine(run, "model"), true);
        string[] checkpoints = [.. Directory.GetDirectories(Path.Combine(run, "checkpoints")).Order(StringComparer.Ordinal)];
        Assert.EndsWith("12", checkpoints[^1], StringComparison.Ordinal);
        Directory.Delete(checkpoints[^1], true);
        File.Delete(Path.Combine(run, "run.json"));
        CliResult resumed = Cli.Run(_folder, Arguments(output, "--resume"));
        Assert.True(resumed.Code == 0, resumed.All);
        Assert.Contains("after step 8", resumed.All);
        Assert.Equal(reference, Hash(output));
    }

    private void Makes(string output)
    {
        string job = Path.Combine(SharedFolder.Root, "packaging", "examples", "gan", "train.yaml");
        CliResult scored = Cli.Run(_folder, "score", job, "--set", $"output={output}", "--set", "score.format=csv", "--set", "score.output=made");
        Assert.True(scored.Code == 0, scored.All);
        string[] lines = [.. Directory.EnumerateFiles(Path.Combine(_folder, "made"), "*.csv").SelectMany(File.ReadAllLines)];
        Assert.Equal(21, lines.Length);
        Assert.Equal("id,digit", lines[0]);
        string[] digits = [.. lines[1..].Select(l => l[l.IndexOf(',', StringComparison.Ordinal)..])];
        Assert.Equal(20, digits.Distinct().Count());
        Assert.Equal(196, digits[0].Split(',', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private CliResult Train(string output, params string[] settings) => Cli.Run(_folder, Arguments(output, [.. settings.SelectMany(s => new[] { "--set", s })]));

    private static string[] Arguments(string output, params string[] more) =>
    [
        "train", Path.Combine(SharedFolder.Root, "packaging", "examples", "gan", "train.yaml"),
        .. ((string[])["data.train.sql=select png, list_resize([]::float[], 16, 0::float) as noise from digits", $"output={output}", "train.epochs=3", "train.batchSize=64", "train.shards=4", "train.threads=1", "train.checkpoint={everySteps: 4, everyEpochs: 0, keep: 5}"])
            .SelectMany(s => new[] { "--set", s }),
        .. more,
    ];

    private string Hash(string output) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, output, "model", "weights.safetensors"))));
}
