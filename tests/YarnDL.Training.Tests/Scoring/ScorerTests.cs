using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Training.Engines;
using YarnDL.Training.ModelDirectories;
using YarnDL.Training.Scoring;

namespace YarnDL.Training.Tests.Scoring;

public sealed class ScorerTests : IDisposable
{
    private readonly SmallTraining _training = new();
    private readonly string _model;

    public ScorerTests()
    {
        using var engine = new LocalEngine(2);
        _model = SmallTraining.Fit(_training.Run("run", engine)).ModelPath!;
    }

    public void Dispose() => _training.Dispose();

    [Fact]
    public void Predictions_do_not_depend_on_batch_size_threads_or_neighbours()
    {
        string[] expected = Lines(Score(new MemoryLake(SmallTraining.Batch(100)), r => r with { Keep = ["key"], Outputs = ["class", "probabilities"], BatchSize = 256, Threads = 1 }));
        foreach ((int batch, int threads) in ((int, int)[])[(1, 1), (7, 2), (64, 3)])
        {
            Assert.Equal(expected, Lines(Score(new MemoryLake(SmallTraining.Batch(33), SmallTraining.Batch(67, 33)), r => r with { Keep = ["key"], Outputs = ["class", "probabilities"], BatchSize = batch, Threads = threads })));
        }
    }

    [Fact]
    public void A_classifier_writes_the_name_of_the_class_and_its_probability_in_the_order_of_the_input()
    {
        MemoryLake lake = Score(new MemoryLake(SmallTraining.Batch(90, 1000)), r => r with { Keep = ["KEY"] });
        ColumnBatch written = Assert.Single(lake.Written);
        Assert.True(lake.Committed);
        Assert.Equal(["key", "class", "probability"], written.Schema.Fields.Select(f => f.Name));
        Assert.Equal(Enumerable.Range(1000, 90).Select(i => (long)i), written["key"].As<long>().ToArray());
        int right = 0;
        for (int r = 0; r < 90; r++)
        {
            right += written["class"].Text(r) == ((string[])["red", "green", "blue"])[(1000 + r) % 3] ? 1 : 0;
            Assert.InRange(written["probability"].As<float>()[r], 1f / 3, 1f);
        }

        Assert.True(right > 60, $"{right} of 90 are right");
    }

    [Fact]
    public void Any_inner_value_can_be_fetched_by_name()
    {
        string relu = OpenModel().Graph.Nodes.First(n => n.Operator.Name == "Relu").Outputs[0]!.Name;
        ColumnBatch written = Assert.Single(Score(new MemoryLake(SmallTraining.Batch(5)), r => r with { Outputs = [relu] }).Written);
        Column column = written[relu];
        Assert.Equal(5 * 16, column.Children[0].Rows);
        Assert.All(column.Children[0].As<float>().ToArray(), v => Assert.True(v >= 0));
    }

    [Fact]
    public void Bad_rows_are_counted_when_dropped_and_end_the_scoring_else()
    {
        ColumnBatch good = SmallTraining.Batch(10);
        var damaged = new ColumnBuilder(good.Schema.Fields[0]);
        for (int i = 0; i < 10; i++)
        {
            if (i == 4)
            {
                damaged.AppendNull();
            }
            else
            {
                damaged.Append(0.5f);
            }
        }

        ColumnBatch batch = good with { Columns = [damaged.Build(), .. good.Columns.Skip(1)] };
        var lake = new MemoryLake(batch);
        ScoreLedger ledger = Scorer.Score(Request(lake) with { Keep = ["key"], OnBadRow = BadRowPolicy.Drop }, new Recorder()).Ledger;
        Assert.Equal(new ScoreLedger(10, 9, 0, 1, 0), ledger);
        Assert.True(ledger.Balances);
        Assert.DoesNotContain(4L, lake.Written[0]["key"].As<long>().ToArray());

        string file = $"{_training.Encoded.Folder}/bad-rows.jsonl";
        var aside = new MemoryLake(batch);
        ScoreRequest request = Request(aside) with { Keep = ["key"], OnBadRow = BadRowPolicy.Quarantine(1), BadRowsPath = file };
        ScoreResult result = Scorer.Score(request, new Recorder());
        Assert.Equal((new ScoreLedger(10, 9, 1, 0, 0), file), (result.Ledger, result.BadRows));
        Assert.Contains("\"keys\":{\"key\":\"4\"}", Assert.Single(File.ReadAllLines(file)), StringComparison.Ordinal);
        Assert.Contains("at most 0 may be", Assert.Throws<DataException>(() => Scorer.Score(request with { OnBadRow = BadRowPolicy.Quarantine(0) }, new Recorder())).Message, StringComparison.Ordinal);
        Assert.Null(Scorer.Score(request with { Lake = new MemoryLake(good) }, new Recorder()).BadRows);
        Assert.False(File.Exists(file), "a scoring without bad rows leaves no file of an earlier one");

        var strict = new MemoryLake(batch);
        var e = Assert.Throws<DataException>(() => Scorer.Score(Request(strict), new Recorder()));
        Assert.Equal(DataFault.BadRows, e.Fault);
        Assert.False(strict.Committed);
    }

    [Fact]
    public void An_unknown_output_names_those_there_are()
    {
        var e = Assert.Throws<TrainingException>(() => Scorer.Score(Request(new MemoryLake(SmallTraining.Batch(5))) with { Outputs = ["nonsense"] }, new Recorder()));
        Assert.Contains("output", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Evaluating_the_held_out_blocks_repeats_the_values_of_the_last_epoch()
    {
        EvaluationResult result = Evaluator.Evaluate(new EvaluationRequest { Store = _training.Store, ModelPath = _model, Blocks = $"{_training.Encoded.Folder}/heldout", BatchSize = 64 }, new Recorder());
        var values = (System.Text.Json.Nodes.JsonObject)ModelDirectory.Open(_training.Store, _model).Manifest["values"]!;
        Assert.Equal((double)values["val_accuracy"]!, result.Values["accuracy"]);
        Assert.Equal((double)values["val_loss"]!, result.Values["loss"], 6);
        Assert.Equal(["blue", "green", "red"], result.Classes);
        Assert.Equal(result.Rows, result.Confusion!.Sum(row => row.Sum()));
        Assert.Equal(result.Values["accuracy"], Enumerable.Range(0, 3).Sum(k => result.Confusion![k][k]) / (double)result.Rows, 12);
    }

    [Fact]
    public void A_table_is_judged_as_blocks_are_whatever_the_batch_size()
    {
        EvaluationResult one = OnTable(1), many = OnTable(100);
        Assert.Equal(one.Values["accuracy"], many.Values["accuracy"]);
        Assert.Equal(one.Values["loss"], many.Values["loss"], 5);
        Assert.Equal(one.Confusion, many.Confusion);
        Assert.Equal(120, many.Rows);
    }

    private EvaluationResult OnTable(int batch) => Evaluator.Evaluate(
        new EvaluationRequest { Store = _training.Store, ModelPath = _model, Lake = new MemoryLake(SmallTraining.Batch(120, 2000)), Source = MemoryLake.Table, BatchSize = batch }, new Recorder());

    private Nn.Model OpenModel() => ModelDirectory.Open(_training.Store, _model).Model;

    private ScoreRequest Request(MemoryLake lake) => new() { Store = _training.Store, ModelPath = _model, Lake = lake, Source = MemoryLake.Table, Target = MemoryLake.Table };

    private MemoryLake Score(MemoryLake lake, Func<ScoreRequest, ScoreRequest> change)
    {
        Assert.True(Scorer.Score(change(Request(lake)), new Recorder()).Ledger.Balances);
        return lake;
    }

    private static string[] Lines(MemoryLake lake)
    {
        var lines = new List<string>();
        foreach (ColumnBatch b in lake.Written)
        {
            float[] p = b["probabilities"].Children[0].As<float>().ToArray();
            for (int r = 0; r < b.Rows; r++)
            {
                lines.Add($"{b["key"].As<long>()[r]} {b["class"].Text(r)} {string.Join(' ', p.Skip(3 * r).Take(3).Select(BitConverter.SingleToUInt32Bits))}");
            }
        }

        return [.. lines];
    }
}
