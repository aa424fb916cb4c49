using System.Runtime.Intrinsics.X86;
using System.Text.Json.Nodes;

namespace YarnDL.Tests.EndToEnd;

/// <summary>weights.safetensors does not depend on how the job is carried out or how its rows are stored.</summary>
public sealed class SameBitsTests(DigitsFolder digits) : IClassFixture<DigitsFolder>
{
    [Theory]
    [InlineData("threads-2", "train.threads=2")]
    [InlineData("workers-1", "train.workers=1")]
    [InlineData("workers-2", "train.workers=2")]
    [InlineData("workers-3", "train.workers=3")]
    [InlineData("workers-4", "train.workers=4")]
    [InlineData("workers-3-threads-2", "train.workers=3", "train.threads=2")]
    [InlineData("no-prefetch", "train.prefetch=false")]
    [InlineData("workers-no-prefetch", "train.workers=2", "train.prefetch=false")]
    [InlineData("many-files", "data.train.path=many")]
    [InlineData("other-row-order", "data.train.path=reversed.parquet")]
    [InlineData("csv", "data.train={path: digits.csv, columns: {png: binary(base64), digit: int, id: bigint}}")]
    [InlineData("sql", "data.tables={digits: one.parquet}", "data.train={sql: 'select id, digit, png from digits order by id desc'}")]
    [InlineData("sql-of-two-tables", "data.tables={images: many/*.parquet, labels: {path: digits.csv, columns: {digit: int, id: bigint}}}", "data.train={sql: 'select i.png, l.digit from images i join labels l using (id)'}")]
    [InlineData("named-table", "data.tables={digits: many}", "data.train={table: Digits}")]
    [InlineData("filter", "data.train={path: many, filter: id >= 0}")]
    public void The_weights_are_the_same_bytes(string output, params string[] settings)
    {
        (_, string hash) = digits.Train(output, [.. settings.SelectMany(s => new[] { "--set", s })]);
        Assert.Equal(digits.Reference, hash);
    }

    [Fact]
    public void Forced_AVX2_gives_the_same_bytes_and_says_which_path_it_took()
    {
        (CliResult result, string hash) = digits.Train("avx2", new Dictionary<string, string> { ["DOTNET_EnableAVX512"] = "0" });
        Assert.Equal(digits.Reference, hash);
        Assert.Equal(Avx2.IsSupported ? "avx2" : "portable", (string?)result.Outcome["cpu"]);
    }

    [Fact]
    public void The_widest_path_of_this_machine_is_taken_and_named()
    {
        (CliResult result, string hash) = digits.Train("widest");
        Assert.Equal(digits.Reference, hash);
        Assert.Equal(Avx512F.IsSupported ? "avx512" : Avx2.IsSupported ? "avx2" : "portable", (string?)result.Outcome["cpu"]);
    }

    [Fact]
    public void A_CPU_without_AVX2_gives_the_same_bytes()
    {
        (_, string hash) = digits.Train("portable", new Dictionary<string, string> { ["DOTNET_EnableAVX2"] = "0", ["DOTNET_EnableAVX512"] = "0" });
        Assert.Equal(digits.Reference, hash);
    }

    [Fact]
    public void Worker_processes_tell_where_their_time_went()
    {
        (_, string hash) = digits.Train("workers-timed", "--set", "train.workers=2");
        Assert.Equal(digits.Reference, hash);
        JsonArray operators = JsonNode.Parse(File.ReadAllText(Path.Combine(digits.Folder, "workers-timed", "run.json")))!["operators"]!.AsArray();
        Assert.Contains(operators, o => o!["operator"]!.ToString().StartsWith("Conv", StringComparison.Ordinal));
    }

    [Fact]
    public void Another_seed_gives_other_bytes()
    {
        (CliResult result, string hash) = digits.Train("other-seed", "--set", "seed=12");
        Assert.Equal(0, result.Code);
        Assert.NotEqual(digits.Reference, hash);
    }
}
