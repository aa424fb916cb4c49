using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace YarnDL.Commands;

/// <summary>A command's help: the description, usage and options by System.CommandLine, then examples.</summary>
internal static class CommandText
{
    private static readonly Dictionary<Command, string[]> Examples = [];

    /// <summary>Adds examples to a command's help; each is a command line, or a command line, two spaces and a remark.</summary>
    public static Command WithExamples(this Command command, params string[] examples)
    {
        Examples[command] = examples;
        return command;
    }

    /// <summary>The examples of a command.</summary>
    public static IReadOnlyList<string> Of(Command command) => Examples.GetValueOrDefault(command, []);

    /// <summary>Puts examples under the help of a command line.</summary>
    public static void ExtendHelp(Command root)
    {
        foreach (HelpOption help in root.Options.OfType<HelpOption>())
        {
            help.Action = new WithExamplesAction((HelpAction)help.Action!);
        }
    }

    private sealed class WithExamplesAction(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.MaxWidth = Console.IsOutputRedirected ? 120 : Math.Clamp(Console.WindowWidth, 60, 140);
            int code = inner.Invoke(parseResult);
            IReadOnlyList<string> examples = Of(parseResult.CommandResult.Command);
            if (examples.Count > 0)
            {
                TextWriter w = parseResult.InvocationConfiguration.Output;
                w.WriteLine("Examples:");
                foreach (string e in examples)
                {
                    w.WriteLine("  " + e);
                }

                w.WriteLine();
            }

            return code;
        }
    }
}
