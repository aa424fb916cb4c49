using System.Globalization;
using System.Text.Json.Nodes;
using YarnDL.Commands;
using YarnDL.Outcomes;

namespace YarnDL.Submit;

/// <summary>The work of <c>yarndl status</c>, <c>logs</c> and <c>kill</c>: applications by run id or application id.</summary>
internal static class RunsRun
{
    public static Outcome Run(CommandSession session, string verb, string run, string? jar, string[] login)
    {
        SparkTool spark = new(jar, login);
        List<string[]> answers = spark.Ask(session.Cancellation, verb == "logs" ? session.Say : null, null, verb == "status" ? "find" : verb, run);
        ApplicationState[] found = [.. answers.Where(a => a[0] == "application").Select(ApplicationState.Parse)];
        if (found.Length == 0)
        {
            return new(verb, ExitCode.Input, $"[{verb}] YARN knows no application of run {run}; give the --run-id of a submission or an application's id (YARN forgets old ones)", []);
        }

        JsonArray list = [];
        foreach (ApplicationState a in verb == "logs" ? found[..1] : found)
        {
            if (verb != "logs" || !a.IsOver)
            {
                session.Say(Line(a));
            }

            list.Add(new JsonObject { ["application"] = a.Id, ["state"] = a.State, ["final"] = a.Final, ["attempt"] = a.Attempt, ["diagnostics"] = a.Diagnostics });
        }

        if (verb == "logs" && answers.Find(a => a[0] == "logs") is var told && (told is null || told[1] != "0"))
        {
            return new(verb, ExitCode.Input, found[0].IsOver
                ? $"[logs] YARN has no collected logs of {found[0].Id}; is yarn.log-aggregation-enable on? The nodes keep theirs for a while"
                : $"[logs] {found[0].Id} is still running; its logs are collected after its end, until then see {found[0].Url}", []);
        }

        foreach (string[] k in answers.Where(a => a[0] == "killed"))
        {
            session.Say($"killed {k[1]}");
        }

        return session.Done(new JsonObject { ["applications"] = list });
    }

    private static string Line(ApplicationState a)
    {
        TimeSpan time = (a.Finished ?? DateTimeOffset.UtcNow) - a.Started;
        string how = a.IsOver ? a.Final : a.State;
        return string.Create(CultureInfo.InvariantCulture, $"{a.Id} {how} {(long)time.TotalSeconds} s, attempt {a.Attempt}, user {a.User}, queue {a.Queue}, {a.Name}")
            + (a.Diagnostics.Length > 0 && a.Final != "SUCCEEDED" ? $"\n  {a.Diagnostics}" : a.IsOver ? "" : $"\n  {a.Url}");
    }
}
