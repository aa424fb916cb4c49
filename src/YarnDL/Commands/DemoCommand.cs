using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl demo</c>.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Option<string[]> data = new("--data") { Description = "idx DIR: use MNIST's idx files of a folder instead of our own digits.", HelpName = "idx DIR", Arity = new ArgumentArity(2, 2), AllowMultipleArgumentsPerToken = true };
        data.Validators.Add(r =>
        {
            if (r.Tokens.Count == 2 && r.Tokens[0].Value != "idx")
            {
                r.AddError($"--data {r.Tokens[0].Value}: the kind must be idx, followed by the folder of the files");
            }
        });
        Option<string> output = new("--output") { Description = "Folder of the demo.", HelpName = "folder", DefaultValueFactory = _ => "yarndl-demo" };
        Option<string[]> set = CommonOptions.Set();
        Option<int?> workers = CommonOptions.Workers();
        Option<int?> threads = CommonOptions.Threads();
        Command c = new("demo", "Make a table of 12,000 hand-drawn looking digits, train LeNet-5 on it, measure it, score a second table, and say where all is.") { data, output, set, workers, threads };
        c.SetAction(p => Execution.Of(c, p, s => DemoRun.Run(s, new DemoRequest(p.GetValue(data) is { Length: 2 } d ? d[1] : null, p.GetValue(output)!,
            Overrides.Of(p.GetValue(set)!, p.GetValue(workers), p.GetValue(threads))))));
        return c.WithExamples(
            "yarndl demo",
            "yarndl demo --set train.epochs=1 --output /tmp/demo",
            "yarndl demo --data idx mnist      the same with MNIST's idx files (also t10k alone), gzipped or not");
    }
}
