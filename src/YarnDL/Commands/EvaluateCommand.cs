using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl evaluate</c>.</summary>
internal static class EvaluateCommand
{
    public static Command Create()
    {
        Argument<string?> job = new("job") { Description = "The job that trained the model: its test rows (or validation rows) are used.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = CommonOptions.Set();
        Option<string?> model = new("--model") { Description = "Model directory; by default the job's.", HelpName = "folder" };
        Option<string[]> input = new("--input") { Description = "Table to measure on, instead of the job's test rows: a file, folder or pattern. May be given again (idx: images, then labels).", HelpName = "path", DefaultValueFactory = _ => [] };
        Option<string?> columns = CommonOptions.Columns();
        Option<string?> filter = new("--filter") { Description = "SQL condition on the rows of --input.", HelpName = "condition" };
        Option<string?> output = new("--output") { Description = "Folder for evaluation.json and outcome.json; by default nothing is written.", HelpName = "folder" };
        Option<string?> runId = CommonOptions.RunId();
        Option<int?> threads = CommonOptions.Threads();
        Option<int?> workers = CommonOptions.Workers();
        Command c = new("evaluate", "Measure a trained model on rows with labels: loss, metrics, confusion matrix.") { job, set, model, input, columns, filter, output, runId, threads, workers };
        c.SetAction(p => Execution.Of(c, p, s => EvaluateRun.Run(s, new EvaluateRequest(p.GetValue(job), p.GetValue(set)!, p.GetValue(model), p.GetValue(input)!,
            p.GetValue(columns), p.GetValue(filter), p.GetValue(output), p.GetValue(runId), p.GetValue(threads) ?? 0, p.GetValue(workers) ?? 0))));
        return c.WithExamples(
            "yarndl evaluate job.yaml                                      the job's model on the job's test rows",
            "yarndl evaluate --model out/model --input test.parquet        any model on any table that has its columns",
            "yarndl evaluate --model out/model --input test.parquet --filter \"_row < 1000\" --output measured");
    }
}
