using YarnDL.Testing;

namespace YarnDL.Tests.EndToEnd;

/// <summary>packaging/examples/own-code: a user's executable with an operator, layer, network, loss, metric, optimizer and schedule of its own.</summary>
public sealed class OwnCodeTests : IDisposable
{
    private static readonly string Example = Path.Combine(SharedFolder.Root, "packaging", "examples", "own-code");

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "yarndl-tests-" + Path.GetRandomFileName());

    public OwnCodeTests()
    {
        Directory.CreateDirectory(_folder);
        foreach (string name in (string[])["job.yaml", "points.csv"])
        {
            File.Copy(Path.Combine(Example, name), Path.Combine(_folder, name));
        }
    }

    [Fact]
    public void A_users_executable_trains_with_its_own_parts_in_its_own_worker_processes()
    {
        CliResult workers = Run("train", "job.yaml");
        Assert.True(workers.Code == 0, workers.All);
        CliResult alone = Run("train", "job.yaml", "--workers", "0", "--set", "output=alone");
        Assert.True(alone.Code == 0, alone.All);
        Assert.Equal(File.ReadAllBytes(Path.Combine(_folder, "own-code-run", "model", "weights.safetensors")), File.ReadAllBytes(Path.Combine(_folder, "alone", "model", "weights.safetensors")));
    }

    [Fact]
    public void Another_executable_says_what_it_does_not_know()
    {
        CliResult result = Cli.Run(_folder, "train", "job.yaml");
        Assert.Equal(2, result.Code);
        Assert.Contains("there is no model line", result.All);
    }

    [Fact]
    public void Its_options_are_checked_and_its_layers_documented()
    {
        CliResult mistyped = Run("train", "job.yaml", "--set", "model.limits=3");
        Assert.Equal(2, mistyped.Code);
        Assert.Contains("there is no option limits; did you mean limit?", mistyped.All);
        CliResult page = Run("job-file");
        Assert.Contains("| `softclip` | x / (1 + |x| / limit). `limit` (3) |", page.Output);
    }

    [Fact]
    public void What_its_code_throws_is_said_to_be_its_own()
    {
        CliResult result = Run("train", "job.yaml", "--set", "schedule.every=0");
        Assert.Equal(2, result.Code);
        Assert.Contains("[own code] OwnCode.Halving..ctor threw ArgumentOutOfRangeException: the rate is halved after at least one epoch", result.All);
        Assert.DoesNotContain("a fault in YarnDL", result.All);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private CliResult Run(params string[] args) => Cli.RunOf("OwnCode", _folder, args);
}
