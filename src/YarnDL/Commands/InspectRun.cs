using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl inspect</c>.</summary>
internal static class InspectRun
{
    public static Outcome Run(CommandSession session, string path) => throw new NotImplementedException();
}
