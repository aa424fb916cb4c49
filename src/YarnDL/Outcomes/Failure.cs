using System.Diagnostics;
using System.Reflection;
using YarnDL.Data;
using YarnDL.Data.Files;
using YarnDL.Graphs;
using YarnDL.Jobs;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training;

namespace YarnDL.Outcomes;

/// <summary>Which exception means which exit code; what is not listed is a fault of ours.</summary>
internal static class Failure
{
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;

    /// <summary>The code and the text for the user. A bug's text is only its first line: the rest goes to a log file.</summary>
    public static (ExitCode Code, string Message) Explain(Exception e) => e switch
    {
        AggregateException { InnerExceptions.Count: 1 } a => Explain(a.InnerException!),
        TargetInvocationException { InnerException: { } inner } => Explain(inner),
        TypeInitializationException { InnerException: { } inner } => Explain(inner),
        JobException j => (ExitCode.Job, j.Message),
        DataException d => (d.Fault switch
        {
            DataFault.Input => ExitCode.Input,
            DataFault.BadRows => ExitCode.BadRows,
            DataFault.Empty => ExitCode.Empty,
            _ => ExitCode.Job,
        }, d.Message),
        FileStoreException f => (f.Fault switch
        {
            FileStoreFault.Missing => ExitCode.Input,
            FileStoreFault.Exists => ExitCode.Job,
            FileStoreFault.Busy => ExitCode.Resources,
            _ => ExitCode.Storage,
        }, f.Message),
        TrainingException t => (t.Fault switch
        {
            TrainingFault.Job => ExitCode.Job,
            TrainingFault.Resources => ExitCode.Resources,
            _ => ExitCode.GaveUp,
        }, t.Message),
        SpecException s => (ExitCode.Job, s.Message),
        ArenaLimitException a => (ExitCode.Resources, a.Message),
        ModelFileException m => (ExitCode.ModelFile, m.Message),
        GraphException g => (ExitCode.Job, g.Message),
        OperationCanceledException c when c.Message.StartsWith('[') => (ExitCode.Cancelled, c.Message),
        OperationCanceledException => (ExitCode.Cancelled, "[run] cancelled; run the same command with --resume to continue"),
        OutOfMemoryException => (ExitCode.Resources, "[memory] the process ran out of memory; lower train.batchSize or train.workers, make the model smaller, or give it more memory"),
        UnauthorizedAccessException u => (ExitCode.Storage, $"[storage] access was denied: {u.Message} Choose a folder this user may write, or mend its permissions"),
        IOException i when i.Message.StartsWith("[submit]", StringComparison.Ordinal) => (ExitCode.Resources, i.Message),
        IOException { HResult: NoSpace or QuotaExceeded } io => (ExitCode.Storage, $"[storage] no space is left: {io.Message}; free some, or choose another output"),
        _ when OwnCode(e) is { } place => (ExitCode.Job, $"[own code] {place} threw {e.GetType().Name}: {FirstLine(e.Message)}; mend it there, --verbose shows the way to it"),
        _ => (ExitCode.Bug, $"[bug] {e.GetType().Name}: {FirstLine(e.Message)}; this is a fault in YarnDL, not in your job"),
    };

    /// <summary>The method of a user's own assembly that threw, straight or from the runtime's library; null: it was one of ours, or a package's.</summary>
    private static string? OwnCode(Exception e)
    {
        foreach (StackFrame frame in new StackTrace(e).GetFrames())
        {
            if (frame.GetMethod() is { DeclaringType: { } type } method && !IsNamed(type.Assembly.GetName(), "System") && !IsNamed(type.Assembly.GetName(), "Microsoft"))
            {
                bool own = !IsNamed(type.Assembly.GetName(), "YarnDL") && type.Assembly.GetReferencedAssemblies().Any(a => IsNamed(a, "YarnDL"));
                return own ? $"{type.FullName}.{method.Name}" : null;
            }
        }

        return null;
    }

    private static bool IsNamed(AssemblyName assembly, string family) => assembly.Name == family || assembly.Name!.StartsWith(family + ".", StringComparison.Ordinal);

    private static string FirstLine(string text) => text.Split('\n', 2)[0].TrimEnd('\r', '.', ' ');
}
