using System.CommandLine;

namespace YarnDL.Commands;

/// <summary><c>yarndl report</c>.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        Argument<string> run = new("run") { Description = "The output folder of a training." };
        Option<string?> output = new("--output") { Description = "The page to write; by default report.html in the run's folder.", HelpName = "file" };
        Command c = new("report", "Make report.html of a run again, from its metrics.jsonl and what lies beside it.") { run, output };
        c.SetAction(p => Execution.Of(c, p, s => ReportRun.Run(s, p.GetValue(run)!, p.GetValue(output))));
        return c.WithExamples("yarndl report out", "yarndl report out --output /tmp/report.html");
    }
}
