using YarnDL.Commands;
using YarnDL.Data;
using YarnDL.Data.Files;
using YarnDL.Graphs;
using YarnDL.Jobs;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Outcomes;
using YarnDL.Training;

namespace YarnDL.Tests.Outcomes;

public sealed class FailureTests
{
    public static TheoryData<Exception, ExitCode> Cases => new()
    {
        { new JobException("x"), ExitCode.Job },
        { new SpecException("x"), ExitCode.Job },
        { new GraphException("x"), ExitCode.Job },
        { new DataException(DataFault.Job, "x"), ExitCode.Job },
        { new DataException(DataFault.Input, "x"), ExitCode.Input },
        { new DataException(DataFault.BadRows, "x"), ExitCode.BadRows },
        { new DataException(DataFault.Empty, "x"), ExitCode.Empty },
        { new FileStoreException(FileStoreFault.Missing, "x"), ExitCode.Input },
        { new FileStoreException(FileStoreFault.Exists, "x"), ExitCode.Job },
        { new FileStoreException(FileStoreFault.Denied, "x"), ExitCode.Storage },
        { new FileStoreException(FileStoreFault.Full, "x"), ExitCode.Storage },
        { new FileStoreException(FileStoreFault.Broken, "x"), ExitCode.Storage },
        { new FileStoreException(FileStoreFault.Busy, "x"), ExitCode.Resources },
        { new ModelFileException("x"), ExitCode.ModelFile },
        { new TrainingException(TrainingFault.Job, "x"), ExitCode.Job },
        { new TrainingException(TrainingFault.GaveUp, "x"), ExitCode.GaveUp },
        { new TrainingException(TrainingFault.Resources, "x"), ExitCode.Resources },
        { new OutOfMemoryException(), ExitCode.Resources },
        { new OperationCanceledException(), ExitCode.Cancelled },
        { new AggregateException(new DataException(DataFault.Input, "x")), ExitCode.Input },
        { new InvalidOperationException("x"), ExitCode.Bug },
    };

    [Theory]
    [MemberData(nameof(Cases), DisableDiscoveryEnumeration = true)]
    public void Each_exception_has_its_exit_code(Exception e, ExitCode code) => Assert.Equal(code, Failure.Explain(e).Code);

    [Fact]
    public void Every_exit_code_has_a_name_and_a_meaning()
    {
        Assert.Equal(Enum.GetValues<ExitCode>().Order(), ExitCodes.All.Select(c => c.Code).Order());
        Assert.Equal(ExitCodes.All.Count, ExitCodes.All.Select(c => c.Name).Distinct().Count());
    }

    [Fact]
    public void A_bug_shows_one_line()
    {
        (_, string message) = Failure.Explain(new InvalidOperationException("first\nsecond"));
        Assert.DoesNotContain('\n', message);
        Assert.Contains("this is a fault in YarnDL", message);
    }

    [Theory]
    [InlineData("train", "--resume")]
    [InlineData("score", "nothing was published; run the same command again")]
    public void A_cancelled_command_says_how_to_go_on(string command, string next)
    {
        StringWriter output = new(), error = new();
        Assert.Equal((int)ExitCode.Cancelled, CommandRunner.Run(command, verbose: false, output, error, _ => throw new OperationCanceledException()));
        Assert.Contains(next, error.ToString());
    }
}
