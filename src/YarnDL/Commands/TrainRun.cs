using YarnDL.Outcomes;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl train</c>.</summary>
internal static class TrainRun
{
    public static Outcome Run(CommandSession session, TrainRequest request) => throw new NotImplementedException();
}
