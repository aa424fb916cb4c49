using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl report</c>.</summary>
internal static class ReportRun
{
    public static Outcome Run(CommandSession session, string run, string? output) => throw new NotImplementedException();
}
