using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary><c>yarndl exit-codes</c>.</summary>
internal static class ExitCodesCommand
{
    public static Command Create()
    {
        Command c = new("exit-codes", "List the exit codes and what they mean.");
        c.SetAction(p => Execution.Of(c, p, s =>
        {
            foreach ((ExitCode code, string name, string meaning, bool retryable) in ExitCodes.All)
            {
                s.Say(string.Create(CultureInfo.InvariantCulture, $"{(int)code,4}  {name,-12} {meaning}{(retryable ? " (may succeed when run again)" : "")}"));
            }

            return s.Done(new JsonObject());
        }));
        return c.WithExamples("yarndl exit-codes");
    }
}
