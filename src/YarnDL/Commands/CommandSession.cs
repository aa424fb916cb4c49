using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>One command while it runs: where it speaks, whether it was asked to end.</summary>
internal sealed class CommandSession(string command, TextWriter output, TextWriter error, bool verbose, bool terminal, CancellationToken cancellation)
{
    public string Command { get; } = command;

    public TextWriter Out { get; } = output;

    public TextWriter Error { get; } = error;

    public bool Verbose { get; } = verbose;

    /// <summary>True when stdout is a terminal that can draw a progress bar.</summary>
    public bool Terminal { get; } = terminal;

    public CancellationToken Cancellation { get; } = cancellation;

    /// <summary>Where outcome.json goes, set as soon as the output is known.</summary>
    public string? OutcomeFile { get; set; }

    /// <summary>A line for people.</summary>
    public void Say(string line) => Out.WriteLine(line);

    /// <summary>The outcome of success.</summary>
    public Outcome Done(System.Text.Json.Nodes.JsonObject fields, ExitCode code = ExitCode.Done, string? message = null) =>
        new(Command, code, message, fields) { File = OutcomeFile };
}
