using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YarnDL.Commands;
using YarnDL.Jobs;
using YarnDL.Outcomes;

namespace YarnDL.Submit;

/// <summary>The work of <c>yarndl submit</c>.</summary>
internal static partial class SubmitRun
{
    private const int LastLines = 15;

    public static Outcome Run(CommandSession session, SubmitRequest request, string? jar, string? archive)
    {
        (string name, string? output) = CheckJob(request);
        string defaults = SparkTool.Find("conf/yarndl-defaults.conf") ?? "";
        SortedDictionary<string, string> given = SubmitPlan.Properties(defaults.Length == 0 ? [] : File.ReadLines(defaults), request.Conf);
        string bundle = archive is not null ? SparkTool.Existing("--archive", archive) : SparkTool.InDistribution("yarndl.tgz", "--archive");
        SparkTool spark = new(jar, Login(request));
        ClusterFacts cluster = Ask(session, spark, request, bundle);
        List<string> line = SubmitPlan.Arguments(request, given, cluster, spark.Jar, name);
        session.Say(SubmitPlan.Shell(["spark-submit", .. line]));
        return request.DryRun ? session.Done(new JsonObject { ["bundle"] = cluster.Bundle }) : Follow(session, spark, request, line, output);
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
        string output = job.Root.Text("output").TrimEnd('/');
        string? file = r.Command switch
        {
            "train" => (r.RunId is null ? output : $"{output}/{r.RunId}") + "/outcome.json",
            "score" when job.Root.MapOrNull("score")?.TextOrNull("output") is { } scores => scores.TrimEnd('/') + ".outcome.json",
            _ => null,
        };
        return (job.Root.Text("name"), file);
    }

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

        List<string[]> answers = spark.Ask(session.Cancellation, null, "prepare", bundle, name, r.Queue ?? "");
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

    private static Outcome Follow(CommandSession session, SparkTool spark, SubmitRequest r, List<string> line, string? outcomeFile)
    {
        string? id = null, state = null;
        Queue<string> last = new();
        void Told(string text)
        {
            lock (last)
            {
                last.Enqueue(text);
                if (last.Count > LastLines)
                {
                    last.Dequeue();
                }

                if (session.Verbose)
                {
                    session.Say(text);
                }

                if (id is null && Submitted().Match(text) is { Success: true } s)
                {
                    id = s.Groups[1].Value;
                    session.Say($"application {id}");
                }

                if (Reported().Match(text) is { Success: true } m && m.Groups[1].Value != state)
                {
                    session.Say($"  {state = m.Groups[1].Value}");
                }
            }
        }

        List<string> all = [.. line];
        if (r.OnYarn && r.DeployMode == "cluster" && r.NoWait)
        {
            all.InsertRange(0, ["--conf", "spark.yarn.submit.waitAppCompletion=false"]);
        }

        // Beside a local master or in client mode the driver speaks here, and spark-submit ends with its code.
        bool inside = !r.OnYarn || r.DeployMode == "client";
        int code;
        try
        {
            code = spark.Run(all, inside ? session.Say : Told, Told, session.Cancellation);
        }
        catch (OperationCanceledException) when (id is not null && !inside)
        {
            throw new OperationCanceledException($"[submit] {id} goes on without this client; yarndl status {id}, yarndl kill {id}");
        }

        if (inside)
        {
            return new("submit", Enum.IsDefined((ExitCode)code) ? (ExitCode)code : ExitCode.GaveUp, code == 0 ? null : "[submit] the run's own message is above", []);
        }

        if (id is null)
        {
            return new("submit", ExitCode.GaveUp, $"[submit] spark-submit ended with {code} before an application was there:\n{string.Join('\n', last)}", []);
        }

        JsonObject fields = new() { ["application"] = id };
        if (r.NoWait)
        {
            return session.Done(fields);
        }

        List<string[]> answers = spark.Ask(session.Cancellation, null, "state", id, outcomeFile ?? "");
        ApplicationState end = ApplicationState.Parse(answers.Find(a => a[0] == "application")!);
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

    [GeneratedRegex(@"Submitted application (application_\d+_\d+)")]
    private static partial Regex Submitted();

    [GeneratedRegex(@"Application report for application_\d+_\d+ \(state: (\w+)\)")]
    private static partial Regex Reported();
}
