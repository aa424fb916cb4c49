using YarnDL.Commands;
using YarnDL.Training;

namespace YarnDL.Progress;

/// <summary>A bar where there is a terminal, lines where there is a log.</summary>
internal static class ProgressDisplay
{
    public static T Run<T>(CommandSession session, Func<ITrainingProgress, T> work) =>
        session.Terminal ? TerminalProgress.Run(work)
        : Place.Spark is { } driver ? work(new SparkProgress(driver, new LogProgress(session.Out, TimeSpan.FromSeconds(5))))
        : work(new LogProgress(session.Out, TimeSpan.FromSeconds(5)));
}
