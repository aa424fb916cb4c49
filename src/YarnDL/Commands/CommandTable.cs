using System.CommandLine;
using System.CommandLine.Help;

namespace YarnDL.Commands;

/// <summary>All commands. Building the table touches no other part of YarnDL, so that --help is quick.</summary>
internal static class CommandTable
{
    public static Command Create()
    {
        Command root = new("yarndl", "Deep learning where the data already is. A job file says what to learn from which table; the commands train, measure and apply the model.")
        {
            TrainCommand.Create(),
            EvaluateCommand.Create(),
            ScoreCommand.Create(),
            SubmitCommand.Create(),
            SubmitCommand.Create("status", "How the applications of a run stand on YARN."),
            SubmitCommand.Create("logs", "The logs of a run's newest application, once it has ended."),
            SubmitCommand.Create("kill", "End the applications of a run; --resume or the same --run-id continues it later."),
            BenchCommand.Create(),
            InspectCommand.Create(),
            ReportCommand.Create(),
            DoctorCommand.Create(),
            DemoCommand.Create(),
            JobFileCommand.Create(),
            ExitCodesCommand.Create(),
            WorkerCommand.Create(),
        };
        root.Options.Add(new HelpOption { Recursive = true });
        root.Options.Add(new VersionOption());
        root.Options.Add(CommonOptions.Verbose());
        root.WithExamples(
            "yarndl demo                                  makes a table of digits, trains on it, scores, and shows where the report is",
            "yarndl train job.yaml                        trains as the job file says",
            "yarndl train job.yaml --set train.epochs=3   changes a key for this run",
            "yarndl score --model out/model --input new.parquet --output predictions",
            "yarndl train --help                          more about one command");
        CommandText.ExtendHelp(root);
        return root;
    }
}
