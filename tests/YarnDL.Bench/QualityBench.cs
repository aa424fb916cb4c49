using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace YarnDL.Bench;

/// <summary>Trains the example jobs on real data sets with several seeds and prints each value, and the mean beside the peer's.</summary>
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
        string example = Path.Combine(FindRoot(), "packaging", "examples", job.Example);
        var values = new double[seeds];
        for (int seed = 0; seed < seeds; seed++)
        {
            string output = Directory.CreateTempSubdirectory("yarndl-quality-").FullName;
            var clock = Stopwatch.StartNew();
            string[] settings = [.. job.Settings.Select(s => s.Replace("{data}", data, StringComparison.Ordinal)), string.Create(CultureInfo.InvariantCulture, $"seed={seed}"), "gate=null", $"output={output}/run"];
            TextWriter console = Console.Out;
            Console.SetOut(TextWriter.Null);
            int code = YarnDlHost.Run(["train", example, .. settings.SelectMany(s => new[] { "--set", s })]);
            Console.SetOut(console);
            JsonNode outcome = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "run", "outcome.json")))!;
            Directory.Delete(output, true);
            if (code != 0)
            {
                Console.Error.WriteLine(outcome.ToJsonString());
                return code;
            }

            values[seed] = (double)outcome["metrics"]![job.Metric]!;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{job.Name} seed {seed}: {job.Metric} {values[seed]:G5} ({clock.Elapsed.TotalSeconds:F0} s)"));
        }

        double mean = values.Sum() / seeds;
        double deviation = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / seeds);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{job.Name}: {job.Metric} {mean:G5} +- {deviation:G2}, mean of {seeds} seeds; {job.PeerName} {job.Peer:G5}; must be at {(job.LowerIsBetter ? "most" : "least")} {job.Limit:G5}: {(job.Met(mean) ? "met" : "NOT MET")}"));
        return job.Met(mean) ? 0 : 1;
    }

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
