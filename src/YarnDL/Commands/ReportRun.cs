using System.Text.Json.Nodes;
using YarnDL.Data.Files;
using YarnDL.Outcomes;
using YarnDL.Reports;

namespace YarnDL.Commands;

/// <summary>The work of <c>yarndl report</c>.</summary>
internal static class ReportRun
{
    public static Outcome Run(CommandSession session, string run, string? output)
    {
        LocalFileStore store = new();
        if (store.Stat(run) is not { IsFolder: true })
        {
            throw new FileStoreException(FileStoreFault.Missing, $"[report] {run} is not a folder; give the output folder of a training");
        }

        RunFolder folder = new(store, run);
        string page = ReportPage.Make(folder);
        string target = output ?? folder.Report;
        new RunFolder(store, Path.GetDirectoryName(Path.GetFullPath(target))!).Write(target, page);
        session.Say($"report: {Path.GetFullPath(target)}");
        return session.Done(new JsonObject { ["report"] = Path.GetFullPath(target) });
    }
}
