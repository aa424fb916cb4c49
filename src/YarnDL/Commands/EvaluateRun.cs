using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl evaluate</c>.</summary>
internal static class EvaluateRun
{
    public static Outcome Run(CommandSession session, EvaluateRequest request) => throw new NotImplementedException();
}
