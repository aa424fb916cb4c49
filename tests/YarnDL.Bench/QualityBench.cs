using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using YarnDL.Tensors;

namespace YarnDL.Bench;

/// <summary>Trains the example jobs on real data sets with several seeds and prints each value, and the mean beside the peer's. Complete runs are kept under artifacts/quality.</summary>
internal static class QualityBench
{
    private const int DefaultSeeds = 5;

    /// <summary>Arguments: a number of seeds, and names of jobs (all by default).</summary>
    public static int Run(string data, string[] arguments)
    {
        int seeds = DefaultSeeds;
        List<QualityJob> jobs = [];
        foreach (string a in arguments)
        {
            if (int.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0)
            {
                seeds = n;
            }
            else if (QualityJob.All.FirstOrDefault(j => j.Name == a) is { } job)
            {
                jobs.Add(job);
            }
            else
            {
                Console.Error.WriteLine($"there is no quality job {a}; the jobs are {string.Join(", ", QualityJob.All.Select(j => j.Name))}");
                return 2;
            }
        }

        if (!Directory.Exists(data))
        {
            Console.Error.WriteLine($"{data} is not there; set YARNDL_SHARED to the folder that holds data/");
            return 3;
        }

        int worst = 0;
        foreach (QualityJob job in jobs.Count > 0 ? jobs : QualityJob.All)
        {
            worst = Math.Max(worst, Measure(job, data, seeds));
        }

        return worst;
    }

    private static int Measure(QualityJob job, string data, int seeds)
    {
        var values = new double[seeds];
        for (int seed = 0; seed < seeds; seed++)
        {
            var clock = Stopwatch.StartNew();
            string folder = Path.Combine(FindRoot(), "artifacts", "quality", $"{job.Name}-{Key(job)}", string.Create(CultureInfo.InvariantCulture, $"seed-{seed}"));
            bool kept = Outcome(folder) is not null;
            int code = kept ? 0 : Train(job, data, seed, folder);
            if (code != 0)
            {
                Console.Error.WriteLine($"{job.Name} seed {seed}: exit {code}; see {folder}");
                return code;
            }

            values[seed] = (double)Outcome(folder)!["metrics"]![job.Metric]!;
            string took = kept ? "kept from an earlier run" : string.Create(CultureInfo.InvariantCulture, $"{clock.Elapsed.TotalSeconds:F0} s");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.Name} seed {seed}: {job.Metric} {values[seed]:G5} ({took})"));
        }

        double mean = values.Sum() / seeds;
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / seeds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{job.Name}: {job.Metric} {mean:G5} +- {deviation:G2}, mean of {seeds} seeds; {job.PeerName} {job.Peer:G5}; must be at {(job.LowerIsBetter ? "most" : "least")} {job.Limit:G5}: {(job.Met(mean) ? "met" : "NOT MET")}"));
        return job.Met(mean) ? 0 : 1;
    }

    // A run that was interrupted goes on from its newest checkpoint.
    private static int Train(QualityJob job, string data, int seed, string folder)
    {
        string[] settings = [.. job.Settings.Select(s => s.Replace("{data}", data, StringComparison.Ordinal)), string.Create(CultureInfo.InvariantCulture, $"seed={seed}"), "gate=null", $"output={folder}"];
        TextWriter console = Console.Out;
        Console.SetOut(TextWriter.Null);
        try
        {
            return YarnDlHost.Run(["train", Example(job), "--resume", .. settings.SelectMany(s => new[] { "--set", s })]);
        }
        finally
        {
            Console.SetOut(console);
        }
    }

    // What a complete run left, else null.
    private static JsonNode? Outcome(string folder)
    {
        string file = Path.Combine(folder, "outcome.json");
        JsonNode? outcome = File.Exists(file) ? JsonNode.Parse(File.ReadAllText(file)) : null;
        return (string?)outcome?["outcome"] == "done" && outcome["metrics"] is not null ? outcome : null;
    }

    // Results are kept by what they are a function of: the job and the arithmetic.
    private static string Key(QualityJob job)
    {
        string text = string.Join('\n', [File.ReadAllText(Example(job)), .. job.Settings, KernelSet.Name]);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..8];
    }

    private static string Example(QualityJob job) => Path.Combine(FindRoot(), "packaging", "examples", job.Example);

    private static string FindRoot()
    {
        string? d = AppContext.BaseDirectory;
        while (d is not null && !File.Exists(Path.Combine(d, "YarnDL.sln")))
        {
            d = Path.GetDirectoryName(d);
        }

        return d ?? throw new InvalidOperationException("the benchmark runs from a build inside the repository");
    }
}
