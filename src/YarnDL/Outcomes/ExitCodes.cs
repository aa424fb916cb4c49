namespace YarnDL.Outcomes;

/// <summary>Words for the exit codes: the outcome's name, what happened, whether the same command may succeed when run again.</summary>
public static class ExitCodes
{
    /// <summary>All codes in order of their numbers.</summary>
    public static IReadOnlyList<(ExitCode Code, string Name, string Meaning, bool Retryable)> All { get; } =
    [
        (ExitCode.Done, "done", "done, or already done by an earlier run", false),
        (ExitCode.Bug, "bug", "a fault in YarnDL; the message names a log file to report", false),
        (ExitCode.Job, "job", "arguments or job file are wrong; nothing was started", false),
        (ExitCode.Input, "input", "input is missing, or its columns or types differ from the job's", false),
        (ExitCode.BadRows, "badRows", "too many rows could not be encoded", false),
        (ExitCode.ModelFile, "modelFile", "a model file is damaged, too large or uses what YarnDL lacks", false),
        (ExitCode.Resources, "resources", "memory, threads, workers or the output folder were not granted", true),
        (ExitCode.GaveUp, "gaveUp", "gave up after repeated failures; --resume continues", true),
        (ExitCode.Storage, "storage", "storage is full, denied or broken", true),
        (ExitCode.Cancelled, "cancelled", "cancelled by Ctrl-C; --resume continues", false),
        (ExitCode.Gate, "gate", "the metric gate of the job was not met; the model is kept as rejected", false),
        (ExitCode.Empty, "empty", "there are no input rows", false),
        (ExitCode.Interrupted, "interrupted", "ended by SIGTERM; --resume continues", true),
    ];

    /// <summary>The outcome's name, as in the JSON line.</summary>
    public static string Name(ExitCode code) => All.First(c => c.Code == code).Name;

    /// <summary>Whether the same command may succeed when run again.</summary>
    public static bool Retryable(ExitCode code) => All.First(c => c.Code == code).Retryable;
}
