using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl demo</c>.</summary>
internal static class DemoRun
{
    public static Outcome Run(CommandSession session, DemoRequest request) => throw new NotImplementedException();
}
