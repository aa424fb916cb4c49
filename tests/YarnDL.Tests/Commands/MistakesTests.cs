using YarnDL.Data.Rows;
using YarnDL.Digits;

namespace YarnDL.Tests.Commands;

/// <summary>What people get wrong: each mistake has a message that says what to do, its exit code, and leaves nothing half-written.</summary>
public sealed class MistakesTests
{
    [Theory]
    [InlineData("a wrong path", "data.train=nowhere/digits.parquet", 3, "nowhere/digits.parquet")]
    [InlineData("a wrong column", "label.column=digits", 3, "did you mean 'digit'")]
    [InlineData("a wrong feature column", "features.0.column=pngs", 3, "did you mean 'png'")]
    [InlineData("a label that is no number", "label.column=png", 3, "png")]
    [InlineData("an image that is a number", "features.0.column=id", 3, "id")]
    [InlineData("a label out of range", "label.classes=5", 4, "is not in 0..4")]
    [InlineData("a network with too few outputs", "model={type: mlp, outputs: 4, hidden: []}", 3, "the model has 4 outputs")]
    [InlineData("a key typo", "train.epoch=3", 2, "did you mean 'epochs'")]
    [InlineData("a wrong value", "train.epochs=lots", 2, "it must be a whole number")]
    [InlineData("shards that do not divide", "train.shards=5", 2, "power of two")]
    [InlineData("a network that does not fit", "model={type: sequential, layers: [{type: linear, out: 10}]}", 2, "Flatten")]
    [InlineData("an unknown gate", "gate=accuracyy > 0.5", 2, "accuracyy")]
    [InlineData("a filter that is no condition", "data.train.filter=digit ==== 3", 2, "digit ==== 3")]
    [InlineData("a filter that leaves nothing", "data.train.filter=digit > 100", 99, "row")]
    [InlineData("two sources at once", "data.train.table=x", 2, "it must have one of path, sql and table")]
    [InlineData("a model to start from that is missing", "init.from=nowhere", 5, "nowhere does not exist")]
    [InlineData("a loss for numbers on a class label", "loss=mse", 2, "crossEntropy")]
    [InlineData("a metric for two classes on ten", "metrics=[auc]", 2, "[auc] the prediction has 10 scores per row, classes is 1")]
    [InlineData("a layer of no width", "model={type: mlp, outputs: 10, hidden: [0]}", 2, "a layer needs at least one feature on each side")]
    [InlineData("a layer of negative width", "model={type: mlp, outputs: 10, hidden: [-4]}", 2, "extent -4 is negative")]
    [InlineData("two inputs for a network of one", "features=[{type: numeric, column: id},{type: numeric, column: digit, name: x}]", 2, "several columns in one feature")]
    [InlineData("a key without its section", "epochs=3", 2, "did you mean 'train.epochs'?")]
    [InlineData("a query over a table without a name", "data.train={sql: select * from digits}", 2, "the query reads 'digits'; no table is named in this job")]
    public void A_mistake_in_the_job(string what, string setting, int code, string message)
    {
        using DigitsJob job = new();
        string[] settings = what == "a network with too few outputs" ? ["--set", setting, "--set", "label={column: digit}"] : ["--set", setting];
        Check(job, CommandLine.InProcess(["train", job.Job, .. settings]), code, message);
    }

    [Theory]
    [InlineData("model={type: sequential, layers: [{type: linear, out: 10}]}", 2, "Flatten")]
    [InlineData("model={type: mlp, outputs: 4, hidden: []}", 3, "the model has 4 outputs")]
    [InlineData("loss=mse", 2, "crossEntropy")]
    [InlineData("loss={loss: crossEntropy, output: logits}", 2, "output logits is judged, the model has output; name one of these")]
    [InlineData("loss={loss: crossEntropy, target: digits}", 2, "there is no encoded column digits; the columns are ")]
    [InlineData("metrics=[{metric: accuracy, output: logits}]", 2, "output logits is judged")]
    [InlineData("rules=[{match: conv9, frozen: true}]", 2, "no parameter is called conv9")]
    [InlineData("gate=accuracyy > 0.5", 2, "there is no value accuracyy")]
    [InlineData("train.checkpoint.monitor=val_acuracy", 2, "there is no value val_acuracy")]
    [InlineData("train.shards=6", 2, "power of two")]
    [InlineData("train.endWhen={type: everySeconds, seconds: 5}", 2, "must not depend on the clock")]
    [InlineData("train={step: {type: repeat, times: [1]}, accumulate: 2}", 2, "accumulate is 2 with a step function")]
    public void A_mistake_is_told_before_rows_are_encoded(string setting, int code, string message)
    {
        using DigitsJob job = new();
        CommandLine result = CommandLine.InProcess("train", job.Job, "--set", setting);
        Check(job, result, code, message);
        Assert.DoesNotContain("encoding rows", result.Out + result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_table()
    {
        using DigitsJob job = new(rows: 0);
        job.WriteTable(Batch(0, _ => []));
        Check(job, CommandLine.InProcess("train", job.Job), 99, "row");
    }

    [Fact]
    public void A_damaged_png()
    {
        using DigitsJob job = new(rows: 0);
        job.WriteTable(Batch(40, i => i == 17 ? [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10, 0, 0, 0] : Png(i)));
        CommandLine result = CommandLine.InProcess("train", job.Job);
        Check(job, result, 4, "png");
        Assert.Contains("row 17", result.Error);
    }

    [Fact]
    public void A_damaged_png_may_be_dropped_or_set_aside()
    {
        using DigitsJob job = new(rows: 0);
        job.WriteTable(Batch(80, i => i == 17 ? [1, 2, 3] : Png(i)));
        CommandLine dropped = CommandLine.InProcess("train", job.Job, "--set", "data.onBadRow=drop", "--set", "train.epochs=1", "--run-id", "a");
        Assert.True(dropped.Code == 0, dropped.Error);
        Assert.Equal(1, dropped.Outcome.GetProperty("ledger").GetProperty("dropped").GetInt64());
        CommandLine aside = CommandLine.InProcess("train", job.Job, "--set", "data.onBadRow=quarantine", "--set", "train.epochs=1", "--run-id", "b");
        Assert.True(aside.Code == 0, aside.Error);
        string line = Assert.Single(File.ReadAllLines(aside.Outcome.GetProperty("badRows").GetString()!));
        Assert.Contains("\"column\":\"png\"", line);
    }

    [Fact]
    public void A_damaged_png_among_new_rows_may_be_dropped_or_set_aside_with_its_key_and_place()
    {
        using DigitsJob job = new(rows: 0);
        job.WriteTable(Batch(60, Png));
        CommandLine train = CommandLine.InProcess("train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}");
        Assert.True(train.Code == 0, train.Error);
        job.WriteTable(Batch(40, i => i is 17 or 18 ? [1, 2, 3] : Png(i)));
        string predictions = Path.Combine(job.Folder, "predictions");

        CommandLine fail = CommandLine.InProcess("score", job.Job);
        Assert.Equal(4, fail.Code);
        Assert.Contains("digits.parquet row 17, id = 17", fail.Error);
        Assert.False(Directory.Exists(predictions));

        CommandLine many = CommandLine.InProcess("score", job.Job, "--set", "score.onBadRow={action: quarantine, max: 1}");
        Assert.Equal(4, many.Code);
        Assert.False(Directory.Exists(predictions));

        CommandLine aside = CommandLine.InProcess("score", job.Job, "--set", "score.onBadRow=quarantine");
        Assert.True(aside.Code == 0, aside.Error);
        Assert.Equal((40, 38, 2), (Of(aside, "read"), Of(aside, "scored"), Of(aside, "quarantined")));
        string[] lines = File.ReadAllLines(aside.Outcome.GetProperty("badRows").GetString()!);
        Assert.Equal(2, lines.Length);
        Assert.Contains(lines, l => l.Contains("\"column\":\"png\"") && l.Contains("\"keys\":{\"id\":\"17\"}") && l.Contains("\"row\":17") && l.Contains("digits.parquet"));

        CommandLine dropped = CommandLine.InProcess("score", job.Job, "--set", "score.onBadRow=drop", "--mode", "overwrite");
        Assert.True(dropped.Code == 0, dropped.Error);
        Assert.Equal((40, 38, 2), (Of(dropped, "read"), Of(dropped, "scored"), Of(dropped, "dropped")));

        static long Of(CommandLine score, string name) => score.Outcome.GetProperty("scoreLedger").GetProperty(name).GetInt64();
    }

    [Fact]
    public void An_output_that_cannot_be_written()
    {
        using DigitsJob job = new();
        string file = Path.Combine(job.Folder, "file");
        File.WriteAllText(file, "");
        CommandLine result = CommandLine.InProcess("train", job.Job, "--set", $"output={file}/out");
        Assert.Equal(8, result.Code);
        Assert.Contains(file, result.Error);
        Assert.Equal("storage", result.Outcome.GetProperty("outcome").GetString());
    }

    [Fact]
    public void An_output_among_the_rows_that_are_read()
    {
        using DigitsJob job = new();
        CommandLine train = CommandLine.InProcess("train", job.Job, "--set", $"data.train={job.Folder}", "--set", $"output={job.Folder}/run");
        Assert.Equal(2, train.Code);
        Assert.Contains("which is read as a table", train.Error);
    }

    [Fact]
    public void Predictions_that_would_replace_their_own_input()
    {
        using DigitsJob job = new(rows: 60);
        Assert.Equal(0, CommandLine.InProcess("train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}").Code);
        string table = Path.Combine(job.Folder, "digits.parquet");
        byte[] before = File.ReadAllBytes(table);
        foreach (string output in (string[])[table, job.Folder])
        {
            CommandLine score = CommandLine.InProcess("score", job.Job, "--output", output, "--mode", "overwrite");
            Assert.Equal(2, score.Code);
            Assert.Contains("give another output", score.Error);
            Assert.Equal(before, File.ReadAllBytes(table));
        }

        string csv = Path.Combine(job.Folder, "p.csv");
        Assert.Equal(0, CommandLine.InProcess("score", job.Job, "--output", csv).Code);
        Assert.StartsWith("id,class,probability", File.ReadAllText(csv));
        CommandLine format = CommandLine.InProcess("score", job.Job, "--output", csv, "--mode", "overwrite", "--set", "score.format=parquet");
        Assert.Equal(2, format.Code);
        Assert.Contains("is named as csv, format is parquet", format.Error);
        File.Delete(csv);

        CommandLine inside = CommandLine.InProcess("score", job.Job, "--input", job.Folder, "--output", Path.Combine(job.Folder, "new"));
        Assert.Equal(2, inside.Code);
        Assert.Contains("give another output", inside.Error);

        CommandLine run = CommandLine.InProcess("score", job.Job, "--model", job.Output);
        Assert.Equal(5, run.Code);
        Assert.Contains($"did you mean {job.Output}/model?", run.Error);
    }

    [Fact]
    public void Csv_on_the_command_line_needs_its_columns_declared()
    {
        using DigitsJob job = new(rows: 0);
        string csv = Path.Combine(job.Folder, "rows.csv");
        File.WriteAllText(csv, "a,b,y\n" + string.Concat(Enumerable.Range(0, 64).Select(i => $"{i},{i % 5},{i % 2}\n")));
        string types = "a: double, b: double, y: int";
        CommandLine train = CommandLine.InProcess("train", job.Job, "--set", $"data.train={{path: {csv}, columns: {{{types}}}}}", "--set", "features=[{type: numeric, columns: [a, b], name: x}]",
            "--set", "label=y", "--set", "model={type: mlp, outputs: 2, hidden: []}", "--set", "train.epochs=1");
        Assert.True(train.Code == 0, train.Error);
        string model = Path.Combine(job.Output, "model"), predictions = Path.Combine(job.Folder, "predictions");
        CommandLine bare = CommandLine.InProcess("score", "--model", model, "--input", csv, "--output", predictions);
        Assert.Equal(2, bare.Code);
        Assert.Contains("--columns \"id: bigint\"", bare.Error);
        CommandLine score = CommandLine.InProcess("score", "--model", model, "--input", csv, "--columns", types, "--filter", "a < 60", "--output", predictions);
        Assert.True(score.Code == 0, score.Error);
        CommandLine evaluate = CommandLine.InProcess("evaluate", "--model", model, "--input", csv, "--columns", types);
        Assert.True(evaluate.Code == 0, evaluate.Error);
        Assert.Equal(64, evaluate.Outcome.GetProperty("rows").GetInt64());
        Assert.Equal(2, CommandLine.InProcess("score", "--model", model, "--input", csv, "--columns", "a double", "--output", predictions).Code);
    }

    [Fact]
    public void A_command_without_what_it_needs_says_which_option_is_missing()
    {
        using DigitsJob job = new(rows: 0);
        Assert.Contains("add --input PATH", CommandLine.InProcess("score", "--model", "m", "--output", "p").Error);
        Assert.Contains("add --output PATH", CommandLine.InProcess("score", "--model", "m", "--input", "t.parquet").Error);
        Assert.Contains("is a folder; give the path of a YAML job file", CommandLine.InProcess("train", job.Folder).Error);
    }

    [Fact]
    public void A_run_that_fails_before_it_begins_leaves_what_an_earlier_one_left()
    {
        using DigitsJob job = new(rows: 100);
        string[] small = ["train", job.Job, "--set", "train.epochs=1", "--set", "model={type: mlp, outputs: 10, hidden: []}", "--set", "gate=accuracy > 2"];
        Assert.Equal(20, CommandLine.InProcess(small).Code);
        Assert.Equal(3, CommandLine.InProcess([.. small, "--set", "label.column=digits"]).Code);
        Assert.True(File.Exists(Path.Combine(job.Output, "report.html")));
        Assert.True(File.Exists(Path.Combine(job.Output, "run.json")));
        Assert.NotEmpty(Directory.EnumerateFileSystemEntries(Path.Combine(job.Output, "checkpoints")));
    }

    [Fact]
    public void A_job_file_that_is_missing()
    {
        CommandLine result = CommandLine.InProcess("train", "nowhere.yaml");
        Assert.Equal(2, result.Code);
        Assert.Contains("nowhere.yaml does not exist", result.Error);
    }

    [Fact]
    public void Scoring_with_a_model_that_is_missing_writes_nothing()
    {
        using DigitsJob job = new();
        CommandLine result = CommandLine.InProcess("score", job.Job);
        Assert.Equal(5, result.Code);
        Assert.False(Directory.Exists(Path.Combine(job.Folder, "predictions")));
    }

    private static void Check(DigitsJob job, CommandLine result, int code, string message)
    {
        Assert.True(code == result.Code, $"exit {result.Code}: {result.Error}");
        Assert.Contains(message, result.Error);
        Assert.StartsWith("[", result.Error);
        Assert.DoesNotContain("   at YarnDL", result.Error);
        Assert.Equal(code, result.Outcome.GetProperty("exit").GetInt32());
        if (Directory.Exists(job.Output))
        {
            Assert.Equal(["outcome.json"], Directory.EnumerateFileSystemEntries(job.Output).Select(Path.GetFileName));
            Assert.Equal(result.LastLine, File.ReadAllText(Path.Combine(job.Output, "outcome.json")).TrimEnd('\n'));
        }
    }

    private static ColumnBatch Batch(int rows, Func<int, byte[]> png)
    {
        ColumnBuilder pngs = new(DigitTable.Schema.Fields[0]);
        ColumnBuilder digits = new(DigitTable.Schema.Fields[1]);
        ColumnBuilder ids = new(DigitTable.Schema.Fields[2]);
        for (int i = 0; i < rows; i++)
        {
            pngs.AppendBytes(png(i));
            digits.Append(i % 10);
            ids.Append((long)i);
        }

        return new ColumnBatch(DigitTable.Schema, rows, [pngs.Build(), digits.Build(), ids.Build()]);
    }

    private static byte[] Png(int i)
    {
        byte[] pixels = new byte[DigitDrawing.Size * DigitDrawing.Size];
        DigitDrawing.Draw(9, i, pixels);
        return PngWriter.Grey(pixels, DigitDrawing.Size, DigitDrawing.Size);
    }
}
