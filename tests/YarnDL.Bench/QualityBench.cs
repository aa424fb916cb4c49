using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace YarnDL.Bench;

/// <summary>Trains the example jobs on real data sets with five seeds and prints the mean beside the peer's.</summary>
internal static class QualityBench
{
    /// <summary>PyTorch's mean of three seeds with the same recipe and split, and how far below it a mean may lie.</summary>
    private const double Peer = 0.9888, Slack = 0.003;

    public static int Run(string data, int seeds)
    {
        string root = FindRoot();
        string images = Path.Combine(data, "t10k-images-idx3-ubyte.gz"), labels = Path.Combine(data, "t10k-labels-idx1-ubyte.gz");
        if (!File.Exists(images))
        {
            Console.Error.WriteLine($"{images} is not there; give the folder of MNIST's t10k files, or set YARNDL_SHARED");
            return 3;
        }

        double sum = 0;
        for (int seed = 0; seed < seeds; seed++)
        {
            string output = Directory.CreateTempSubdirectory("yarndl-quality-").FullName;
            var clock = Stopwatch.StartNew();
            TextWriter console = Console.Out;
            Console.SetOut(TextWriter.Null);
            int code = YarnDlHost.Run(["train", Path.Combine(root, "packaging", "examples", "digits", "idx.yaml"), "--set", $"seed={seed}",
                "--set", $"data.train.path=['{images}', '{labels}']", "--set", $"data.validation.path=['{images}', '{labels}']", "--set", $"output={output}/run"]);
            Console.SetOut(console);
            JsonNode outcome = JsonNode.Parse(File.ReadAllText(Path.Combine(output, "run", "outcome.json")))!;
            Directory.Delete(output, true);
            if (code != 0)
            {
                Console.Error.WriteLine(outcome.ToJsonString());
                return code;
            }

            double accuracy = (double)(outcome["metrics"]!["accuracy"] ?? outcome["metrics"]!["val_accuracy"])!;
            sum += accuracy;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mnist 8,000/2,000 lenet5 seed {seed}: accuracy {accuracy:F4} ({clock.Elapsed.TotalSeconds:F0} s)"));
        }

        double mean = sum / seeds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"mnist 8,000/2,000 lenet5 mean of {seeds} seeds {mean:F4}, PyTorch {Peer:F4}, must be at least {Peer - Slack:F4}: {(mean >= Peer - Slack ? "met" : "NOT MET")}"));
        return mean >= Peer - Slack ? 0 : 1;
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
