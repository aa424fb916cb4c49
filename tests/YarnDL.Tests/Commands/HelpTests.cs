using System.CommandLine;
using YarnDL.Commands;

namespace YarnDL.Tests.Commands;

public sealed class HelpTests
{
    public static TheoryData<string> Visible => [.. CommandTable.Create().Subcommands.Where(c => !c.Hidden).Select(c => c.Name)];

    [Theory]
    [MemberData(nameof(Visible))]
    public void A_command_explains_itself_with_options_and_examples(string name)
    {
        CommandLine help = CommandLine.InProcess(name, "--help");
        Assert.Equal(0, help.Code);
        Command command = CommandTable.Create().Subcommands.Single(c => c.Name == name);
        Assert.Contains("yarndl " + name, help.Out);
        Assert.Contains("Examples:", help.Out);
        foreach (Option o in command.Options.Where(o => !o.Hidden))
        {
            Assert.Contains(o.Name, help.Out);
            Assert.False(string.IsNullOrWhiteSpace(o.Description), o.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Visible))]
    public void The_examples_of_a_command_are_understood(string name)
    {
        Command root = CommandTable.Create();
        Command command = root.Subcommands.Single(c => c.Name == name);
        Assert.NotEmpty(CommandText.Of(command));
        foreach (string example in CommandText.Of(command))
        {
            string line = example.Split("   ")[0]["yarndl ".Length..];
            ParseResult parsed = root.Parse(line);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
            Assert.True(parsed.CommandResult.Command == command || command.Subcommands.Contains(parsed.CommandResult.Command), example);
        }
    }

    [Fact]
    public void The_commands_are_those_that_the_guide_names() =>
        Assert.Equal(["bench", "demo", "doctor", "evaluate", "exit-codes", "inspect", "job-file", "kill", "logs", "report", "score", "status", "submit", "train"], CommandTable.Create().Subcommands.Where(c => !c.Hidden).Select(c => c.Name).Order());

    [Fact]
    public void The_worker_is_hidden() => Assert.True(CommandTable.Create().Subcommands.Single(c => c.Name == "worker").Hidden);

    [Theory]
    [InlineData("trian", "Did you mean 'train'?")]
    [InlineData("train", "Required argument missing")]
    [InlineData("train x.yaml --epochs 3", "--epochs")]
    [InlineData("train x.yaml --workers many", "--workers many: it must be a whole number from 0 to 1024")]
    [InlineData("train x.yaml --run-id a/b", "a run id has letters, digits")]
    [InlineData("demo --data png x", "the kind must be idx")]
    public void Wrong_arguments_are_exit_2_with_an_outcome(string line, string message)
    {
        CommandLine result = CommandLine.InProcess(line.Split(' '));
        Assert.Equal(2, result.Code);
        Assert.Contains(message, result.Error);
        Assert.Equal("job", result.Outcome.GetProperty("outcome").GetString());
    }

    [Fact]
    public void Help_loads_none_of_the_engine()
    {
        CommandLine run = CommandLine.Executable(Path.GetTempPath(), "--help");
        Assert.Equal(0, run.Code);
        Assert.Contains("yarndl [command] [options]", run.Out);
    }
}
