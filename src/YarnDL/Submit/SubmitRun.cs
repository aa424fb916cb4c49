using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using YarnDL.Commands;
using YarnDL.Jobs;
using YarnDL.Outcomes;

namespace YarnDL.Submit;

/// <summary>The work of <c>yarndl submit</c>.</summary>
internal static class SubmitRun
{
    private const int LastLines = 15;

    public static Outcome Run(CommandSession session, SubmitRequest request, string? jar, string? archive)
    {
        (string name, string? output) = CheckJob(request);
        request = request with { Files = [.. request.Files, .. Included(request)], Tag = request.OnYarn && !request.DryRun ? $"yarndl-submit:{Guid.NewGuid():n}" : null };
        string defaults = SparkTool.Find("conf/yarndl-defaults.conf") ?? "";
        SortedDictionary<string, string> given = SubmitPlan.Properties(defaults.Length == 0 ? [] : File.ReadLines(defaults), request.Conf);
        string bundle = archive is not null ? SparkTool.Existing("--archive", archive) : SparkTool.InDistribution("yarndl.tgz", "--archive");
        SparkTool spark = new(jar, Login(request));
        ClusterFacts cluster = Ask(session, spark, request, bundle);
        List<string> line = SubmitPlan.Arguments(request, given, cluster, spark.Jar, name);
        session.Say(SubmitPlan.Shell(["spark-submit", .. line]));
        return request.DryRun ? session.Done(new JsonObject { ["bundle"] = cluster.Bundle }) : Submit(session, spark, request, line, output);
    }

    /// <summary>Name and output of a job file that lies here; of one that lies elsewhere nothing is known yet.</summary>
    private static (string Name, string? Output) CheckJob(SubmitRequest r)
    {
        if (SubmitPlan.IsUri(r.Job))
        {
            return (r.Job[(r.Job.LastIndexOf('/') + 1)..], null);
        }

        JobFile job = JobFile.Load(r.Job, r.Settings);
        JobBinding.CheckParts(job);
        string output = job.Root.Text("output").TrimEnd('/') + (r.RunId is null ? "" : "/" + r.RunId);
        string? file = r.Command switch
        {
            "train" => $"{output}/outcome.json",
            "score" when job.Root.MapOrNull("score") is { } score && score.TextOrNull("output") is { } scores =>
                (score.TextOrNull("format") == "table" ? $"{output}/{scores}" : scores.TrimEnd('/')) + ".outcome.json",
            _ => null,
        };
        return (job.Root.Text("name"), file);
    }

    /// <summary>The files that a job file here includes and that lie here too: they are shipped with it.</summary>
    private static IEnumerable<string> Included(SubmitRequest r) =>
        SubmitPlan.IsUri(r.Job) ? [] : JobFile.Load(r.Job, r.Settings).Included.Where(f => !SubmitPlan.IsUri(f) && !r.Files.Contains(f)).Distinct();

    private static string[] Login(SubmitRequest r) =>
    [
        .. r.Principal is null ? Array.Empty<string>() : ["--principal", r.Principal],
        .. r.Keytab is null ? Array.Empty<string>() : ["--keytab", r.Keytab],
        .. r.ProxyUser is null ? Array.Empty<string>() : ["--proxy-user", r.ProxyUser],
    ];

    private static ClusterFacts Ask(CommandSession session, SparkTool spark, SubmitRequest r, string bundle)
    {
        string hash;
        using (FileStream s = File.OpenRead(bundle))
        {
            hash = Convert.ToHexStringLower(SHA256.HashData(s))[..16];
        }

        string name = $"yarndl-{hash}.tgz";
        if (!r.OnYarn)
        {
            return new(bundle, 1, 0, 0);
        }

        if (r.DryRun)
        {
            return new($"hdfs:///user/{r.ProxyUser ?? Environment.UserName}/.yarndl/bundles/{name}", 0, 0, 2.1);
        }

        List<string[]> answers = spark.Ask(session.Cancellation, null, null, "prepare", bundle, name, r.Queue ?? "");
        string[] Of(string what) => answers.Find(a => a[0] == what) ?? throw new IOException($"[submit] the cluster did not say {what}");
        if (Of("queue")[1] != "true")
        {
            throw new JobException($"[submit] there is no queue {r.Queue}; ask the cluster's administrators");
        }

        string[] nodes = Of("nodes");
        ClusterFacts facts = new(Of("bundle")[1], Number(nodes[1]), Number(nodes[2]), double.Parse(Of("vmem")[1], CultureInfo.InvariantCulture));
        session.Say($"cluster {facts.Nodes} nodes, containers up to {facts.Largest}m; bundle {facts.Bundle}");
        return facts;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static Outcome Submit(CommandSession session, SparkTool spark, SubmitRequest r, List<string> line, string? outcomeFile)
    {
        // Beside a local master or in client mode the driver speaks here, and spark-submit ends with its code.
        if (!r.OnYarn || r.DeployMode == "client")
        {
            int own = spark.Run(line, session.Say, session.Error.WriteLine, session.Cancellation);
            return new("submit", Enum.IsDefined((ExitCode)own) ? (ExitCode)own : ExitCode.GaveUp, own == 0 ? null : "[submit] the run's own message is above", []);
        }

        Queue<string> last = new();
        int code = spark.Run(["--conf", "spark.yarn.submit.waitAppCompletion=false", .. line], _ => { }, text =>
        {
            last.Enqueue(text);
            if (last.Count > LastLines)
            {
                last.Dequeue();
            }
        }, session.Cancellation);
        if (code != 0)
        {
            return new("submit", ExitCode.GaveUp, $"[submit] spark-submit ended with {code} before an application was there:\n{string.Join('\n', last)}", []);
        }

        return Follow(session, spark, r, outcomeFile);
    }

    private static Outcome Follow(CommandSession session, SparkTool spark, SubmitRequest r, string? outcomeFile)
    {
        string? id = null;
        void Told(string[] answer)
        {
            if (answer[0] == "application")
            {
                ApplicationState now = ApplicationState.Parse(answer);
                session.Say(id is null ? $"application {id = now.Id}\n  {now.State}" : $"  {now.State}{(now.Attempt > 1 ? string.Create(CultureInfo.InvariantCulture, $", attempt {now.Attempt}") : "")}");
            }
        }

        List<string[]> answers;
        try
        {
            answers = r.NoWait ? spark.Ask(session.Cancellation, null, Told, "tagged", r.Tag!) : spark.Ask(session.Cancellation, null, Told, "follow", r.Tag!, outcomeFile ?? "");
        }
        catch (OperationCanceledException) when (id is not null)
        {
            throw new OperationCanceledException($"[submit] {id} goes on without this client; see yarndl status {id}, end it by yarndl kill {id}");
        }

        JsonObject fields = new() { ["application"] = id };
        if (id is null || r.NoWait)
        {
            return id is null ? new("submit", ExitCode.GaveUp, "[submit] YARN does not know the application any more; see yarndl status", fields) : session.Done(fields);
        }

        ApplicationState end = ApplicationState.Parse(answers.FindLast(a => a[0] == "application")!);
        (ExitCode exit, string? message, JsonObject? own) = end.Outcome(answers.Find(a => a[0] == "outcome")?[1]);
        foreach ((string key, JsonNode? value) in own ?? [])
        {
            if (key is not ("outcome" or "exit" or "command" or "retryable" or "message" or "application"))
            {
                fields[key] = value?.DeepClone();
            }
        }

        return new("submit", exit, message, fields);
    }
}
