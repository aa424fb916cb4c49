using System.CommandLine;
using System.Text.Json.Nodes;
using YarnDL.Jobs;

namespace YarnDL.Commands;

/// <summary><c>yarndl job-file</c>: the reference of all keys, and a check of a file.</summary>
internal static class JobFileCommand
{
    public static Command Create()
    {
        Argument<string?> job = new("job") { Description = "A job file to check; without it the keys are explained.", Arity = ArgumentArity.ZeroOrOne };
        Option<string[]> set = CommonOptions.Set();
        Command c = new("job-file", "Explain the keys of a job file, or check one and print it with all defaults.") { job, set };
        c.SetAction(p => Execution.Of(c, p, s =>
        {
            string text = p.GetValue(job) is { } path ? JobFile.Load(path, p.GetValue(set)!).Yaml : JobReference.ToMarkdown();
            s.Say(text.TrimEnd('\n'));
            return s.Done(new JsonObject());
        }));
        return c.WithExamples(
            "yarndl job-file                                     the reference of all keys, in Markdown",
            "yarndl job-file job.yaml --set train.batchSize=64   checks a job and prints it with all defaults");
    }
}
