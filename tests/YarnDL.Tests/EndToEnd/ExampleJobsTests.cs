using System.Text.Json.Nodes;

namespace YarnDL.Tests.EndToEnd;

/// <summary>Each example job, as it lies in packaging/examples, trains on a small table; text and series give the same bytes however they are read and worked on.</summary>
public sealed class ExampleJobsTests(ExampleFolder examples) : IClassFixture<ExampleFolder>
{
    [Theory]
    [InlineData("sms", "f1", 120, 40, 160)]
    [InlineData("adult", "auc", 180, 60, 240)]
    [InlineData("taxi", "mae", 83, 80, 0)]
    [InlineData("mnist", "accuracy", 64, 32, 96)]
    public void An_example_job_trains_and_measures(string example, string metric, long trained, long heldOut, long filtered)
    {
        CliResult r = examples.Train(example, $"{example}-run", "train.threads=1");
        Assert.True(r.Code == 0, r.All);
        JsonNode ledger = r.Outcome["ledger"]!;
        Assert.Equal((trained, heldOut, filtered), ((long)ledger["trained"]!, (long)ledger["heldOut"]!, (long)ledger["filtered"]!));
        Assert.InRange((double)r.Outcome["metrics"]![metric]!, 0, example == "taxi" ? 100_000 : 1);
    }

    [Fact]
    public void Windows_count_their_source_rows_in_a_line_of_their_own()
    {
        CliResult r = examples.Train("taxi", "taxi-ledger", "train.threads=1");
        Assert.True(r.Code == 0, r.All);

        // 95 rows with a turn before July 10 give 83 windows of 12 and a horizon of 1; 92 rows from noon of July 9 give 80.
        JsonNode source = r.Outcome["sourceRows"]!;
        Assert.Equal((187L, 187L, 0L, 0L), ((long)source["read"]!, (long)source["used"]!, (long)source["unused"]!, (long)source["bad"]!));
        Assert.Contains("source  read 187 = used 187 + unused 0 + bad 0", r.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_in_the_labels_units_is_the_models_error_times_the_scale()
    {
        CliResult r = examples.Train("taxi", "taxi-units", "train.threads=1", "metrics=[{type: mae, units: label}, {type: rmse}]");
        Assert.True(r.Code == 0, r.All);
        JsonNode features = JsonNode.Parse(File.ReadAllText(Path.Combine(examples.Folder, "taxi-units", "model", "features.json")))!;
        double unit = (double)features["features"]![1]!["fitted"]!["deviation"]![0]!;
        JsonNode metrics = r.Outcome["metrics"]!;
        Assert.Equal((double)metrics["loss"]! * unit, (double)metrics["mae"]!, 1e-3 * unit);
    }

    [Theory]
    [InlineData("threads-2", "train.threads=2")]
    [InlineData("workers-1", "train.workers=1")]
    [InlineData("workers-3", "train.workers=3")]
    [InlineData("reversed", "data.train.path=sms-reversed.tsv")]
    [InlineData("three-files", "data.train.path=[sms-1.tsv, sms-0.tsv, sms-2.tsv]")]
    public void Text_gives_the_same_bytes_for_any_files_order_and_workers(string output, string setting)
    {
        string[] split = ["data.validation=null", "data.train.filter=null", "data.split=0.25", "train.shards=4"];
        CliResult reference = examples.Train("sms", $"sms-reference-{output}", [.. split, "train.threads=1"]);
        CliResult other = examples.Train("sms", $"sms-{output}", [.. split, "train.threads=1", setting]);
        Assert.True(reference.Code == 0 && other.Code == 0, reference.All + other.All);
        Assert.Equal(examples.WeightsHash($"sms-reference-{output}"), examples.WeightsHash($"sms-{output}"));
    }

    [Theory]
    [InlineData("threads-2", "train.threads=2")]
    [InlineData("workers-2", "train.workers=2")]
    [InlineData("workers-4", "train.workers=4")]
    [InlineData("reversed", "data.tables.taxi.path=taxi-reversed.csv")]
    [InlineData("two-files", "data.tables.taxi.path=[taxi-b.csv, taxi-a.csv]")]
    public void Series_give_the_same_bytes_for_any_files_order_and_workers(string output, string setting)
    {
        CliResult reference = examples.Train("taxi", $"taxi-reference-{output}", "train.shards=4", "train.threads=1");
        CliResult other = examples.Train("taxi", $"taxi-{output}", "train.shards=4", "train.threads=1", setting);
        Assert.True(reference.Code == 0 && other.Code == 0, reference.All + other.All);
        Assert.Equal(examples.WeightsHash($"taxi-reference-{output}"), examples.WeightsHash($"taxi-{output}"));
    }

    [Fact]
    public void Windows_without_a_known_future_are_scored()
    {
        CliResult r = examples.Train("taxi", "taxi-scored", "train.threads=1");
        Assert.True(r.Code == 0, r.All);
        string job = Path.Combine(Testing.SharedFolder.Root, "packaging", "examples", "taxi", "train.yaml");
        CliResult scored = Cli.Run(examples.Folder, ["score", job, .. ((string[])["data.tables.taxi.path=taxi.csv", "output=taxi-scored", "score.input.sql=select *, change - lag(change) over (order by timestamp) as turn, 0.0 as before from (select timestamp, value, value - lag(value, 336) over (order by timestamp) as change from taxi)",
            "score.input.filter=timestamp >= timestamp '2014-07-11'", "score.output=predictions", "score.keep=[timestamp.last]", "score.format=csv"]).SelectMany(s => new[] { "--set", s })]);
        Assert.True(scored.Code == 0, scored.All);
        string[] lines = [.. Directory.EnumerateFiles(Path.Combine(examples.Folder, "predictions"), "*.csv").SelectMany(File.ReadAllLines)];
        Assert.Equal(20 - 12 + 1 + 1, lines.Length);
        Assert.StartsWith("2014-07-11 09:30:00", lines[^1], StringComparison.Ordinal);

        // The changes are differences of numbers below 500 (the day's course cancels out): in their own units, predictions are of that size.
        Assert.Equal("timestamp.last,prediction", lines[0]);
        double[] predictions = [.. lines[1..].Select(l => Math.Abs(double.Parse(l.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture)))];
        Assert.InRange(predictions.Max(), 2, 500);
    }
}
