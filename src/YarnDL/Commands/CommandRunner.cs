using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using YarnDL.Data.Files;
using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>Runs a command's body: signals, failures to messages and codes, the outcome line last on stdout, outcome.json.</summary>
internal static class CommandRunner
{
    /// <summary>Runs and returns the exit code. Nothing is thrown.</summary>
    public static int Run(string command, bool verbose, TextWriter output, TextWriter error, Func<CommandSession, Outcome> body)
    {
        using CancellationTokenSource stop = new();
        int signals = 0;
        bool terminated = false;
        void OnSignal(PosixSignalContext context)
        {
            terminated |= context.Signal == PosixSignal.SIGTERM;
            // The second Ctrl-C ends the process at once.
            context.Cancel = Interlocked.Increment(ref signals) == 1;
            if (context.Cancel)
            {
                ThreadPool.UnsafeQueueUserWorkItem(_ => stop.Cancel(), null);
            }
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        bool terminal = ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");
        CommandSession session = new(command, output, error, verbose, terminal, stop.Token);
        Outcome outcome;
        try
        {
            outcome = body(session);
        }
        catch (Exception e)
        {
            outcome = Fail(session, e);
        }

        if (outcome.Code == ExitCode.Cancelled && terminated)
        {
            outcome = outcome with { Code = ExitCode.Interrupted, Message = $"[run] ended by SIGTERM; {Again(command)}" };
        }

        if (outcome.Code != ExitCode.Done && outcome.Message is { } message)
        {
            output.Flush();
            error.WriteLine(message);
        }

        outcome = WriteFile(session, Named(outcome));
        Tell(outcome);
        output.WriteLine(outcome.ToLine());
        output.Flush();
        return (int)outcome.Code;
    }

    /// <summary>On a cluster the outcome names the application, so that nobody takes an older file for this run's.</summary>
    private static Outcome Named(Outcome outcome)
    {
        try
        {
            if (outcome.File is not null && Place.Application is { } application)
            {
                outcome.Fields["application"] = application.Id;
            }
        }
        catch (IOException)
        {
            // Nobody is left to ask.
        }

        return outcome;
    }

    /// <summary>The scheduler is told in words; the exit code follows.</summary>
    private static void Tell(Outcome outcome)
    {
        try
        {
            Place.Spark?.TellOutcome((int)outcome.Code, ExitCodes.Retryable(outcome.Code), ExitCodes.Name(outcome.Code), outcome.Message ?? "");
        }
        catch (IOException)
        {
            // Nobody is left to tell.
        }
    }

    /// <summary>How a command that was stopped goes on: only a training leaves something to continue from.</summary>
    private static string Again(string command) => command == "train" ? "run the same command with --resume to continue" : "nothing was published; run the same command again";

    private static Outcome Fail(CommandSession session, Exception e)
    {
        (ExitCode code, string message) = Failure.Explain(e);
        message = Jobs.JobSecrets.Mask(message);
        if (code == ExitCode.Cancelled)
        {
            message = $"[run] cancelled; {Again(session.Command)}";
        }

        if (session.Verbose)
        {
            session.Error.WriteLine(Jobs.JobSecrets.Mask(e.ToString()));
        }

        if (code == ExitCode.Bug)
        {
            message += WriteLog(session, e) is { } log ? $"; please report it with {log}" : "; run again with --verbose and report what it prints";
        }

        // What is in the way of this command is another run's: its outcome stays.
        bool others = e is FileStoreException { Fault: FileStoreFault.Exists or FileStoreFault.Busy };
        return new(session.Command, code, message, []) { File = others ? null : session.OutcomeFile };
    }

    private static string? WriteLog(CommandSession session, Exception e)
    {
        try
        {
            string path = Path.Combine(Path.GetTempPath(), string.Create(CultureInfo.InvariantCulture, $"yarndl-bug-{Environment.ProcessId}.log"));
            File.WriteAllText(path, $"yarndl {Versions.Product} {session.Command}\n{RuntimeInformation.FrameworkDescription} {RuntimeInformation.RuntimeIdentifier}\n{Jobs.JobSecrets.Mask(e.ToString())}\n");
            return path;
        }
        catch (Exception inner) when (inner is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>outcome.json by a rename; when that fails the outcome itself becomes a storage failure, unless it is a failure already.</summary>
    private static Outcome WriteFile(CommandSession session, Outcome outcome)
    {
        if (outcome.File is not { } file)
        {
            return outcome;
        }

        try
        {
            IFileStore files = Place.Files;
            string temporary = file + ".new";
            files.MakeFolders(file[..file.LastIndexOf('/')]);
            files.Delete(temporary);
            using (Stream stream = files.Create(temporary))
            {
                stream.Write(Encoding.UTF8.GetBytes(outcome.ToLine() + "\n"));
            }

            files.Replace(temporary, file);
            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FileStoreException)
        {
            if (outcome.Code != ExitCode.Done)
            {
                return outcome;
            }

            string message = $"[storage] {file} could not be written: {e.Message}; the work is done, only this file is missing: mend the folder's permissions or space";
            session.Error.WriteLine(message);
            return outcome with { Code = ExitCode.Storage, Message = message };
        }
    }
}
