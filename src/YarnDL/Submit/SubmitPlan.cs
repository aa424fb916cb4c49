using System.Globalization;
using YarnDL.Jobs;

namespace YarnDL.Submit;

/// <summary>The spark-submit line of a job.</summary>
internal static class SubmitPlan
{
    public const string MainClass = "org.yarndl.spark.YarnDlMain";
    public const string TagPrefix = "yarndl-run:";

    /// <summary>A JVM as the size formula knows it. Prepended to the user's own options by Spark.</summary>
    private const string SmallJvm = "-XX:CompressedClassSpaceSize=96m -XX:ReservedCodeCacheSize=64m -XX:+UseSerialGC";

    private static readonly string[] OwnKeys =
    [
        "spark.yarndl.driver.memory", "spark.yarndl.executable", "spark.yarndl.executor.memory", "spark.yarndl.vmemRatio",
        "spark.yarndl.worker.replyTimeout", "spark.yarndl.worker.startTimeout",
    ];

    /// <summary>The properties that the user gave, later ones winning; a key of ours that does not exist is refused with the nearest name.</summary>
    /// <param name="defaults">Lines of conf/yarndl-defaults.conf.</param>
    /// <param name="conf">key=value.</param>
    /// <exception cref="JobException">No key=value, or no such key.</exception>
    public static SortedDictionary<string, string> Properties(IEnumerable<string> defaults, IEnumerable<string> conf)
    {
        SortedDictionary<string, string> all = new(StringComparer.Ordinal);
        foreach (string line in defaults.Select(l => l.Trim()).Where(l => l.Length > 0 && l[0] != '#'))
        {
            int space = line.IndexOfAny([' ', '\t', '=']);
            all[space < 0 ? line : line[..space]] = space < 0 ? "" : line[(space + 1)..].Trim();
        }

        foreach (string c in conf)
        {
            int eq = c.IndexOf('=', StringComparison.Ordinal);
            all[eq > 0 ? c[..eq] : throw new JobException($"[arguments] --conf {c}: no '=' after a key; write --conf spark.executor.cores=2")] = c[(eq + 1)..];
        }

        foreach (string key in all.Keys.Where(k => k.StartsWith("spark.yarndl.", StringComparison.Ordinal) && !OwnKeys.Contains(k)))
        {
            throw new JobException($"[arguments] --conf {key}: no setting of yarndl{NearestName.Hint(key, OwnKeys)}");
        }

        return all;
    }

    /// <summary>The arguments after <c>spark-submit</c>.</summary>
    /// <param name="r">What was asked for.</param>
    /// <param name="given">The user's properties.</param>
    /// <param name="cluster">What the cluster said.</param>
    /// <param name="jar">yarndl.jar.</param>
    /// <param name="jobName">For Spark's pages.</param>
    public static List<string> Arguments(SubmitRequest r, IReadOnlyDictionary<string, string> given, ClusterFacts cluster, string jar, string jobName)
    {
        SortedDictionary<string, string> conf = new(given.ToDictionary(), StringComparer.Ordinal);
        List<string> line = ["--master", r.Master];
        if (r.OnYarn)
        {
            line.AddRange(["--deploy-mode", r.DeployMode]);
            Sizes(r, conf, cluster);
            Put(conf, "spark.yarn.queue", r.Queue);
            Put(conf, "spark.yarn.priority", r.Priority?.ToString(CultureInfo.InvariantCulture));
            Put(conf, "spark.yarn.am.nodeLabelExpression", r.NodeLabel);
            Put(conf, "spark.yarn.executor.nodeLabelExpression", r.NodeLabel);
            string[] tags = ["yarndl", .. r.Tag is { } own ? [own] : Array.Empty<string>(), .. r.RunId is { } id ? [TagPrefix + id] : Array.Empty<string>(), .. r.Tags];
            conf["spark.yarn.tags"] = conf.TryGetValue("spark.yarn.tags", out string? more) ? $"{more},{string.Join(',', tags)}" : string.Join(',', tags);
        }

        Put(conf, "spark.executor.instances", r.Executors?.ToString(CultureInfo.InvariantCulture));
        Put(conf, "spark.executor.cores", r.ExecutorCores?.ToString(CultureInfo.InvariantCulture));
        Option(line, "--proxy-user", r.ProxyUser);
        Option(line, "--principal", r.Principal);
        Option(line, "--keytab", r.Keytab);
        line.AddRange(["--name", $"yarndl {r.Command} {jobName}", "--class", MainClass, "--archives", cluster.Bundle + "#yarndl"]);
        bool remote = IsUri(r.Job);
        string[] files = [.. remote ? Array.Empty<string>() : [r.Job], .. r.Files];
        if (files.Length > 0)
        {
            line.AddRange(["--files", string.Join(',', files)]);
        }

        foreach ((string key, string value) in conf)
        {
            line.AddRange(["--conf", $"{key}={value}"]);
        }

        line.AddRange([jar, r.Command, remote ? r.Job : Path.GetFileName(r.Job)]);
        foreach (string s in r.Settings)
        {
            line.AddRange(["--set", s]);
        }

        Option(line, "--run-id", r.RunId);
        if (r.Resume)
        {
            line.Add("--resume");
        }

        return line;
    }

    /// <summary>As one line that a shell takes; values of secret-looking keys are masked.</summary>
    public static string Shell(IEnumerable<string> words) => string.Join(' ', words.Select(w =>
    {
        int eq = w.IndexOf('=', StringComparison.Ordinal);
        string shown = eq > 0 && JobJson.IsSecret(w[..eq]) && !w.StartsWith("--", StringComparison.Ordinal) ? w[..(eq + 1)] + "***" : w;
        return shown.Length > 0 && shown.All(c => char.IsAsciiLetterOrDigit(c) || "_-+./:=,@%#".Contains(c, StringComparison.Ordinal)) ? shown : $"'{shown.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }));

    public static bool IsUri(string path) => path.Contains(":/", StringComparison.Ordinal);

    /// <summary>Heap, overhead and .NET limits of driver and executors; small JVMs where addresses are counted.</summary>
    private static void Sizes(SubmitRequest r, SortedDictionary<string, string> conf, ClusterFacts cluster)
    {
        double ratio = conf.TryGetValue("spark.yarndl.vmemRatio", out string? text)
            ? double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double d) && d >= 0 ? d : throw new JobException($"[arguments] spark.yarndl.vmemRatio {text}: it must be a number, 0 = not checked")
            : cluster.VmemRatio;
        conf["spark.yarndl.vmemRatio"] = ratio.ToString(CultureInfo.InvariantCulture);
        foreach (string role in r.DeployMode == "cluster" ? (string[])["driver", "executor"] : ["executor"])
        {
            string heapKey = $"spark.{role}.memory", overheadKey = $"spark.{role}.memoryOverhead", dotnetKey = $"spark.yarndl.{role}.memory";
            Put(conf, heapKey, role == "driver" ? r.DriverMemory : r.ExecutorMemory);
            Put(conf, dotnetKey, r.DotnetMemory);
            long heap = conf.TryGetValue(heapKey, out string? h) ? ContainerSizes.Mebibytes(heapKey, h) : ContainerSizes.UsualHeap;
            bool said = conf.TryGetValue(dotnetKey, out string? n);
            long dotnet = said ? ContainerSizes.Mebibytes(dotnetKey, n!) : ContainerSizes.UsualDotnet;
            conf[heapKey] = $"{heap}m";
            if (conf.TryGetValue(overheadKey, out string? o))
            {
                ContainerSizes.Check(role, heap, ContainerSizes.Mebibytes(overheadKey, o), said ? dotnet : ContainerSizes.LeastDotnet, ratio, cluster.Largest);
            }
            else
            {
                long overhead = ContainerSizes.Overhead(heap, dotnet, ratio);
                conf[overheadKey] = $"{overhead}m";
                ContainerSizes.Check(role, heap, overhead, dotnet, ratio, cluster.Largest);
            }

            if (said)
            {
                conf[dotnetKey] = $"{dotnet}m";
            }

            if (ratio > 0)
            {
                string options = $"spark.{role}.defaultJavaOptions";
                conf[options] = conf.TryGetValue(options, out string? theirs) ? $"{SmallJvm} {theirs}" : SmallJvm;
            }
        }

        if (ratio > 0)
        {
            // Without it the C library takes 64 MiB of addresses for every thread.
            conf.TryAdd("spark.executorEnv.MALLOC_ARENA_MAX", "2");
            conf.TryAdd("spark.yarn.appMasterEnv.MALLOC_ARENA_MAX", "2");
        }
    }

    private static void Put(SortedDictionary<string, string> conf, string key, string? value)
    {
        if (value is not null)
        {
            conf[key] = value;
        }
    }

    private static void Option(List<string> line, string name, string? value)
    {
        if (value is not null)
        {
            line.AddRange([name, value]);
        }
    }
}
