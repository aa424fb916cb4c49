using System.CommandLine;
using YarnDL.Commands;
using YarnDL.Jobs;
using YarnDL.Outcomes;

namespace YarnDL;

/// <summary>The door: the yarndl command line, for our own executable and for users' executables that bring their own code.</summary>
public static class YarnDlHost
{
    /// <summary>Runs a command and returns its exit code. The last line on stdout is the outcome as one line of JSON, but for help and version.</summary>
    public static int Run(string[] args) => Run(args, Console.Out, Console.Error);

    /// <summary>The same, speaking elsewhere.</summary>
    public static int Run(IReadOnlyList<string> args, TextWriter output, TextWriter error)
    {
        Command root = CommandTable.Create();
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            return CommandRunner.Run(parsed.CommandResult.Command == root ? "yarndl" : parsed.CommandResult.Command.Name, false, output, error, _ => throw Wrong(parsed, root));
        }

        return parsed.Invoke(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    private static JobException Wrong(ParseResult parsed, Command root)
    {
        Command command = parsed.CommandResult.Command;
        string help = command == root ? "yarndl --help" : $"yarndl {command.Name} --help";
        IEnumerable<string> names = command == root && parsed.UnmatchedTokens.Count == 0
            ? []
            : command.Options.Select(o => o.Name).Concat(command.Subcommands.Where(c => !c.Hidden).Select(c => c.Name));
        string hint = parsed.UnmatchedTokens.Count == 0 ? "" : NearestName.Hint(parsed.UnmatchedTokens[0], names).Replace("; did", " Did", StringComparison.Ordinal);
        IEnumerable<string> errors = parsed.Errors.Select(e => e.Message.TrimEnd('.')).Distinct();
        return new JobException($"[arguments] {string.Join("; ", errors)}.{hint} See {help}");
    }
}
