namespace YarnDL.Tests.Commands;

public sealed class DemoTests
{
    [Fact]
    public void The_demo_trains_scores_and_says_where_all_is()
    {
        string folder = Directory.CreateTempSubdirectory("yarndl-tests-").FullName;
        try
        {
            CommandLine demo = CommandLine.Executable(folder, "demo", "--set", "train.epochs=1", "--set", "gate=accuracy >= 0.8", "--set", "model={type: mlp, outputs: 10, hidden: [64]}");
            Assert.True(demo.Code == 0, demo.Error + demo.Out);
            string home = Path.Combine(folder, "yarndl-demo");
            Assert.Contains($"model        {home}/run/model", demo.Out);
            Assert.Contains($"predictions  {home}/predictions", demo.Out);
            Assert.Contains($"report       {home}/run/report.html", demo.Out);
            Assert.Equal(12_000, demo.Outcome.GetProperty("ledger").GetProperty("read").GetInt64());
            Assert.Equal(2_000, demo.Outcome.GetProperty("scoreLedger").GetProperty("scored").GetInt64());
            Assert.True(File.Exists(Path.Combine(home, "run", "report.html")));
            Assert.NotEmpty(Directory.GetFiles(Path.Combine(home, "predictions"), "*.parquet"));
            Assert.Equal(demo.LastLine, File.ReadAllText(Path.Combine(home, "outcome.json")).TrimEnd('\n'));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_folder_without_idx_files_is_told()
    {
        CommandLine demo = CommandLine.InProcess("demo", "--data", "idx", Path.GetTempPath(), "--output", Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()));
        Assert.Equal(3, demo.Code);
        Assert.Contains("t10k-images-idx3-ubyte", demo.Error);
    }
}
