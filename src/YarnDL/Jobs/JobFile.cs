using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace YarnDL.Jobs;

/// <summary>A job that has been read, changed by <c>--set</c>, checked against the schema and completed with defaults.</summary>
internal sealed class JobFile
{
    private JobFile(string path, JobMap root) => (Path, Root) = (path, root);

    /// <summary>The file, as the user wrote its name.</summary>
    public string Path { get; }

    public JobMap Root { get; }

    /// <summary>The files that it includes, as they were found.</summary>
    public IReadOnlyList<string> Included { get; private set; } = [];

    /// <summary>The effective configuration as YAML, secrets masked.</summary>
    public string Yaml => JobJson.ToYaml(Root);

    /// <summary>The effective configuration as JSON, secrets masked.</summary>
    public JsonObject Json => JobJson.Object(Root, mask: true);

    /// <summary>Reads and checks a job file.</summary>
    /// <exception cref="JobException">Missing, not readable, or refused by the schema; every problem with its place.</exception>
    public static JobFile Load(string path, IEnumerable<string> settings)
    {
        List<string> included = [];
        JobFile job = Of(JobIncludes.Read(path, included), path, settings);
        job.Included = included;
        return job;
    }

    /// <summary>Checks the text of a job.</summary>
    public static JobFile Parse(string text, string path, IEnumerable<string> settings) => Of(JobText.Read(text, path), path, settings);

    private static JobFile Of(JobNode node, string path, IEnumerable<string> settings)
    {
        if (node is not JobMap map)
        {
            throw new JobException($"[job] {node.Place}: the file holds {node.Kind}; a job is a map of keys such as version, data, model, output; see yarndl job-file");
        }

        map = JobSettings.Apply(map, settings);
        map = Check(JobSchema.Job, map);
        JobProblems problems = new();
        CheckLosses(map, problems);
        problems.ThrowIfAny();
        return new JobFile(path, map);
    }

    /// <summary>Checks a part of a job on its own.</summary>
    public static JobMap Check(MapShape shape, JobMap map)
    {
        JobProblems problems = new();
        var done = (JobMap)shape.Check(map, "", problems);
        problems.ThrowIfAny();
        return done;
    }

    /// <summary>A job has either a loss or phases, and no two phases or metrics are shown under one name.</summary>
    private static void CheckLosses(JobMap root, JobProblems problems)
    {
        bool phases = root.Has("phases");
        if (phases == root.Has("loss"))
        {
            problems.Add(phases ? root.Find("phases")!.Place : root.Place, phases
                ? "the job has a loss and phases; phases have their losses: take the job's away"
                : $"loss is missing; it must be {new LossShape().Describe()}; or give phases");
        }

        if (phases && root.List("metrics").Count > 0)
        {
            problems.Add(root.Find("metrics")!.Place, "the job has phases and metrics; give the metrics to the phase whose outputs they judge");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (JobMap phase in root.List("phases").Cast<JobMap>())
        {
            if (!names.Add(phase.Text("name")))
            {
                problems.Add(phase.Place, $"two phases are called {phase.Text("name")}; give each a name of its own");
            }

            CheckMetrics(phase, problems);
        }

        CheckMetrics(root, problems);
    }

    private static void CheckMetrics(JobMap map, JobProblems problems)
    {
        HashSet<string> shown = new(StringComparer.Ordinal);
        foreach (JobNode node in map.List("metrics"))
        {
            string name = JobBinding.Metric(node).Shown;
            if (!shown.Add(name))
            {
                problems.Add(node.Place, $"two metrics are shown as {name}; give one a name: {{metric: .., name: ..}}");
            }
        }
    }

    /// <summary>SHA-256 of the effective configuration without what cannot change a bit of the model: threads, workers, prefetch, checkpoints, output, score.</summary>
    public string Fingerprint()
    {
        JsonObject o = JobJson.Object(Root);
        o.Remove("output");
        o.Remove("score");
        if (o["train"] is JsonObject train)
        {
            foreach (string key in (string[])["threads", "workers", "prefetch", "checkpoint", "summaryWhen"])
            {
                train.Remove(key);
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(o.ToJsonString())));
    }
}
