using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl score</c>.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        Argument<string?> job = new("job") { Description = "A job file with a score section; the options below change it.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = CommonOptions.Set();
        Option<string?> model = new("--model") { Description = "Model directory.", HelpName = "folder" };
        Option<string[]> input = new("--input") { Description = "Table to score: a file, folder or pattern. May be given again (idx: images, then labels).", HelpName = "path", DefaultValueFactory = _ => [] };
        Option<string?> columns = CommonOptions.Columns();
        Option<string?> output = new("--output") { Description = "Folder of the predictions; it must not exist unless --mode says otherwise.", HelpName = "folder" };
        Option<string[]> keep = new("--keep") { Description = "Input column copied beside the predictions, such as the key. May be given again.", HelpName = "column", DefaultValueFactory = _ => [] };
        Option<string?> filter = new("--filter") { Description = "SQL condition on the input rows.", HelpName = "condition" };
        Option<string?> mode = new("--mode") { Description = "create, append or overwrite the output.", HelpName = "mode" };
        Option<string?> runId = CommonOptions.RunId();
        Option<int?> threads = CommonOptions.Threads();
        Option<int?> workers = CommonOptions.Workers();
        Command c = new("score", "Apply a trained model to a table and write the predictions, all or nothing.") { job, set, model, input, columns, output, keep, filter, mode, runId, threads, workers };
        c.SetAction(p => Execution.Of(c, p, s => ScoreRun.Run(s, new ScoreCommandRequest(p.GetValue(job), p.GetValue(set)!, p.GetValue(model), p.GetValue(input)!,
            p.GetValue(columns), p.GetValue(output), p.GetValue(keep)!, p.GetValue(filter), p.GetValue(mode), p.GetValue(runId), p.GetValue(threads), p.GetValue(workers) ?? 0))));
        return c.WithExamples(
            "yarndl score --model out/model --input new.parquet --output predictions --keep id",
            "yarndl score job.yaml                                         as the job's score section says",
            "yarndl score job.yaml --input 'day=2026-11-21/*.parquet' --output predictions/2026-11-21");
    }
}
