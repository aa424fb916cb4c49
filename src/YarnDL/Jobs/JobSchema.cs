namespace YarnDL.Jobs;

/// <summary>Every key of a job file, once: checks, defaults and docs/job-file.md come from this table.</summary>
internal static class JobSchema
{
    /// <summary>The version of the schema that this release reads.</summary>
    public const long Version = 1;

    private static readonly TextShape Text = new();
    private static readonly FlagShape Flag = new();
    private static readonly IntegerShape Count = new(0, int.MaxValue);
    private static readonly IntegerShape AtLeastOne = new(1, int.MaxValue);

    private static readonly JobKey Path = new("path", new ListShape(Text, 1), "file, folder or pattern (`data/*.parquet`), or a list of them, relative to the current folder; for idx the images file, then the labels file");
    private static readonly JobKey Columns = new("columns", new OpenShape(Text), "declared types by column name; CSV and JSON need them: bool, int, bigint, float, double, decimal(p,s), string, binary(base64), date, timestamp");
    private static readonly JobKey Options = new("options", new OpenShape(new TextShape { MayBeEmpty = true }), "reader options by name, such as header, delimiter, quote (\"\": no quotes), null for CSV");

    /// <summary>Rows to read.</summary>
    public static MapShape Source { get; } = new("path",
        new("format", new TextShape("parquet", "csv", "json", "idx", "sql", "table"), "how the rows are stored; without it the ending of `path` tells, and `sql` or `table` say so themselves"),
        Path,
        new("sql", Text, "a query over the tables named in `data.tables` (on a cluster, Spark SQL, also over the metastore's tables and views), such as `select * from a join b using (id)`; the rows it returns are the rows read"),
        new("table", Text, "name of a table in `data.tables`, or of the cluster's lake"),
        Columns,
        Options,
        new("filter", Text, "SQL condition on the rows; those it leaves out are counted as filtered; `_file` and `_row` are known where the source has an order: `_row < 8000`"));

    /// <summary>A named table: files, as a source has them.</summary>
    public static MapShape Files { get; } = new("path",
        new("format", new TextShape("parquet", "csv", "json", "idx"), "how the rows are stored; without it the ending of `path` tells"), Path, Columns, Options);

    /// <summary>What happens to rows that cannot be encoded.</summary>
    public static MapShape BadRows { get; } = new("action",
        new("action", new TextShape("fail", "drop", "quarantine"), "fail at the first; drop and count; or quarantine: write them beside the output with column and reason", "fail"),
        new("max", Count, "quarantine: more bad rows than this end the run with exit 4", "1000"));

    private static readonly MapShape Label = new("column",
        new("column", Text, "the column to predict", Required: true),
        new("type", new TextShape("index", "value"), "index: a class, by number or by word (words are numbered in the order of their UTF-8 bytes); value: a number", "index"),
        new("name", Text, "name of the encoded column; by default the column's"),
        new("classes", new IntegerShape(1, 1_000_000), "index of numbers: how many classes there are, 0 to classes - 1; by default what the training rows hold"),
        new("values", new ListShape(Text, 1), "words in order: of index the classes, by default what the training rows hold; of value the words that stand for 0, 1, ..."),
        new("scale", new TextShape("none", "standard", "minMax", "maxAbs", "population"), "value: the model learns the scaled number; a metric with `units: label` tells it in the column's own units"));

    private static readonly MapShape Series = new(null,
        new("orderBy", Text, "the column that orders the rows: a number, date or time; equal places are ordered by content", Required: true),
        new("group", new ListShape(Text), "columns that tell several series apart", "[]"),
        new("length", AtLeastOne, "rows in a window", Required: true),
        new("horizon", Count, "rows after it that are to be foretold: a value label is the column's horizon", "1"),
        new("stride", AtLeastOne, "rows between the beginnings of two windows", "1"),
        new("delay", Count, "rows between a window and its horizon", "0"),
        new("maxGap", new NumberShape(0, double.PositiveInfinity), "a larger step of `orderBy` is a gap that no window spans: seconds for times, days for dates, else the column's units"));

    private static readonly MapShape Data = new(null,
        new("train", Source, "rows to learn from", Required: true),
        new("validation", Source, "rows measured after each epoch, never learned from"),
        new("test", Source, "rows measured once, with the finished model"),
        new("split", new NumberShape(0, 0.99), "share of `train` held out for validation: a row's content decides, so the same rows are held out wherever they lie", "0"),
        new("series", Series, "rows are windows over ordered source rows: column c is the list of its values in the window, c.ahead those of the horizon, c.last the window's last one"),
        new("onBadRow", BadRows, "rows that cannot be encoded: a damaged image, a missing value, a label out of range", "fail"),
        new("rowKey", new ListShape(Text), "columns that identify a row instead of its content; a repeated key is an error", "[]"),
        new("tables", new OpenShape(Files), "tables by name, such as `digits: digits.parquet`: what `sql` and `table` refer to; on a cluster beside the tables of the metastore, else nothing but these"));

    private static readonly MapShape Phase = new(null,
        new("name", Text, "names it in measurements, such as `judge_loss`", Required: true),
        new("trains", new ListShape(Text, 1), "names of the parameters or modules that learn in it, with * for any text", "\"*\""),
        new("loss", new LossShape(), "as the job's", Required: true),
        new("optimizer", new SpecShape(JobSpecs.Optimizers), "instead of the job's"),
        new("schedule", new SpecShape(JobSpecs.Schedules), "instead of the job's"),
        new("metrics", new ListShape(new MetricShape()), "as the job's", "[]"),
        new("every", AtLeastOne, "it runs in every so many steps only; the first phase in all", "1"));

    private static readonly MapShape Train = new(null,
        new("epochs", AtLeastOne, "passes over the training rows", "10"),
        new("batchSize", AtLeastOne, "rows per step", "128"),
        new("shards", Count, "parts of a batch, a power of two that divides it: the most workers a step can use; 0 chooses the largest up to 64 with 32 rows each", "0"),
        new("shuffle", Flag, "a new order of rows each epoch, drawn from the seed", "true"),
        new("threads", Count, "threads that compute, in each worker; 0: all cores shared by the workers", "0"),
        new("workers", Count, "worker processes; 0: everything in this process", "0"),
        new("prefetch", Flag, "read the next step's rows while this one computes", "true"),
        new("clipNorm", new NumberShape(0, double.PositiveInfinity), "the gradient is scaled down to this norm where it is longer; 0: never", "0"),
        new("clipValue", new NumberShape(0, double.PositiveInfinity), "elements of the gradient are cut to this absolute value, before the norm is taken; 0: never", "0"),
        new("accumulate", AtLeastOne, "steps whose gradients are averaged for one update; schedules count updates", "1"),
        new("step", new SpecShape(JobSpecs.StepFunctions), "how a step goes through the phases, where one after the other is not it"),
        new("endWhen", new SpecShape(JobSpecs.Triggers), "ends the training before all epochs are done; it must not count seconds"),
        new("validateWhen", new SpecShape(JobSpecs.Triggers), "when the held-out rows are measured, besides at the end; by default after each epoch"),
        new("summaryWhen", new SpecShape(JobSpecs.Triggers), "which steps get a line in metrics.jsonl; by default all"),
        new("saveOptimizer", Flag, "put the optimizer's state into the model directory, for a later `init`", "false"),
        new("checkpoint", new MapShape("everyEpochs",
            new JobKey("everyEpochs", Count, "write one after so many epochs; 0: not by epochs", "1"),
            new JobKey("everySteps", Count, "write one after so many steps; 0: not by steps", "0"),
            new JobKey("when", new SpecShape(JobSpecs.Triggers), "write one when it fires, instead of after epochs or steps"),
            new JobKey("keep", AtLeastOne, "the newest that are kept", "2"),
            new JobKey("keepBest", Flag, "keep the best one as well", "true"),
            new JobKey("monitor", Text, "the value that tells the best, such as val_loss")), "state to resume from, bit for bit", "{}"));

    private static readonly MapShape Init = new("from",
        new("from", Text, "a model directory; weights are taken by parameter name", Required: true),
        new("optimizer", Flag, "take the optimizer's state too", "false"),
        new("features", Flag, "take the fitted features (scales, word lists) instead of fitting them to the new rows", "false"));

    /// <summary>The `score` section, also made from the command's options.</summary>
    public static MapShape Score { get; } = new(null,
        new("model", Text, "model directory; without it the model that this job trains"),
        new("input", Source, "rows to score", Required: true),
        new("output", Text, "folder of the predictions; with `format: table` a table", Required: true),
        new("format", new TextShape("parquet", "csv", "json", "table"), "how predictions are written; `table`: into a table of the cluster's metastore, by column name, with its partition columns among the kept ones; overwriting replaces the partitions that get rows", "parquet"),
        new("partition", new OpenShape(Text), "`format: table`: partition columns that have one value for all rows, such as `{day: '2026-11-21'}`; overwriting replaces this partition even where no row is scored"),
        new("keep", new ListShape(Text), "input columns copied beside the predictions, such as the key", "[]"),
        new("outputs", new ListShape(Text), "what is written: class, probability, probabilities, prediction (of a scaled label, in its own units), or an output of the model, a layer, or any value of its graph by name; by default class and probability for a classifier, prediction for a scaled label, else the model's outputs", "[]"),
        new("batchSize", AtLeastOne, "rows that run together; predictions do not depend on it", "256"),
        new("mode", new TextShape("create", "append", "overwrite"), "what happens to predictions that are there", "create"),
        new("onBadRow", BadRows, "rows that cannot be encoded, as `data.onBadRow`; those in quarantine go to `OUTPUT.bad-rows.jsonl`", "fail"),
        new("threads", Count, "threads that compute; 0: all cores", "0"));

    /// <summary>The whole file.</summary>
    public static MapShape Job { get; } = new(null,
        new("version", new IntegerShape(Version, Version), "version of this schema", Required: true),
        new("name", Text, "name of the job, for reports and messages", "job"),
        new("seed", new IntegerShape(0, long.MaxValue), "all random numbers are a function of it", "0"),
        new("data", Data, "where the rows are", Required: true),
        new("features", new ListShape(new SpecShape(JobSpecs.Features), 1), "what the model sees, column by column", Required: true),
        new("label", Label, "what the model learns to say; a job whose losses name features as targets may leave it out"),
        new("targets", new ListShape(Label), "further labels, for losses that name them"),
        new("inputs", new ListShape(Text), "names of the features that the model sees, in the order of its inputs; by default all but row weights", "[]"),
        new("rowWeight", Text, "name of the feature, one number per row, that says how much a row counts in the losses"),
        new("model", new SpecShape(JobSpecs.Models, listOf: "sequential"), "the network: one by name, or a list of layers (`sequential`)", Required: true),
        new("init", Init, "start from an earlier model instead of random weights"),
        new("loss", new LossShape(), "what is minimised; of several losses the weighted sum. A map says which `output` of the model is judged (the first) against which `target` (the label; a feature; or a number: all rows against it), with which `weight` (1) and `rowWeight`; a loss of several outputs or targets takes their names with commas between. Required, unless there are phases"),
        new("phases", new ListShape(Phase, 1), "instead of a loss: phases that each step goes through one after the other on the same rows, each with the weights that the one before has left, such as a judge and a generator"),
        new("optimizer", new SpecShape(JobSpecs.Optimizers), "how weights follow the gradient", "adam"),
        new("schedule", new SpecShape(JobSpecs.Schedules), "how the learning rate changes", "constant"),
        new("rules", new ListShape(new MapShape("match",
            new JobKey("match", Text, "name of a parameter or a module, with * for any text", Required: true),
            new JobKey("optimizer", new SpecShape(JobSpecs.Optimizers), "instead of the job's"),
            new JobKey("schedule", new SpecShape(JobSpecs.Schedules), "instead of the job's"),
            new JobKey("rate", new NumberShape(0, double.PositiveInfinity), "the learning rate is multiplied by it", "1"),
            new JobKey("frozen", Flag, "not trained", "false"))), "how parameters are trained, by name; of several rules that match the first holds"),
        new("train", Train, "how long and with what", "{}"),
        new("metrics", new ListShape(new MetricShape()), "what is measured after each epoch. A map says which `output` is judged (the first loss's) against which `target` (that of the loss that judges this output), and under which `name` it is shown (of a named output: `output_metric`)", "[]"),
        new("gate", Text, "a condition on the last measurement, such as `accuracy >= 0.97`; if it is not met the run ends with exit 20 and publishes nothing"),
        new("output", Text, "folder of the run: model, metrics, report, checkpoints", Required: true),
        new("score", Score, "a table to score with the trained model (`yarndl score job.yaml`)"));
}
