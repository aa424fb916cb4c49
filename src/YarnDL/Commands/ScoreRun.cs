using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl score</c>.</summary>
internal static class ScoreRun
{
    public static Outcome Run(CommandSession session, ScoreCommandRequest request) => throw new NotImplementedException();
}
