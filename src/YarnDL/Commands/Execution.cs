using System.CommandLine;
using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>From a parsed command line to the runner.</summary>
internal static class Execution
{
    public static int Of(Command command, ParseResult parsed, Func<CommandSession, Outcome> body) =>
        CommandRunner.Run(command.Name, parsed.GetValue<bool>("--verbose"), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, body);
}
