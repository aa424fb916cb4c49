using System.Diagnostics;
using YarnDL.Testing;

namespace YarnDL.Tests.Submit;

/// <summary>yarndl submit without a cluster, with a spark-submit that writes down what it was given.</summary>
public sealed class SubmitCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("yarndl-submit-").FullName;

    public SubmitCommandTests()
    {
        Directory.CreateDirectory(In("bin"));
        File.WriteAllText(In("bin/spark-submit"), "#!/bin/sh\necho \"$@\" >> \"$(dirname \"$0\")/calls\"\nexit 1\n");
        File.WriteAllText(In("yarndl.jar"), "");
        File.WriteAllText(In("yarndl.tgz"), "bundle");
        File.WriteAllText(In("job.yaml"), File.ReadAllText(Path.Combine(SharedFolder.Root, "packaging/examples/digits/train.yaml")));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(In("bin/spark-submit"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public void A_dry_run_prints_the_line_and_starts_nothing()
    {
        (int code, string text) = Yarndl("submit", In("job.yaml"), "--dry-run", "--num-executors", "3", "--run-id", "r1");
        Assert.True(code == 0, text);
        Assert.Contains("spark-submit --master yarn --deploy-mode cluster", text, StringComparison.Ordinal);
        Assert.Contains("/.yarndl/bundles/yarndl-", text, StringComparison.Ordinal);
        Assert.Contains("--conf spark.executor.instances=3", text, StringComparison.Ordinal);
        Assert.EndsWith("train job.yaml --run-id r1", text.Split('\n').First(l => l.StartsWith("spark-submit", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.False(File.Exists(In("bin/calls")));
    }

    [Fact]
    public void What_the_scheduler_is_to_know_is_in_the_printed_line()
    {
        (int code, string text) = Yarndl("submit", In("job.yaml"), "--dry-run", "--queue", "research", "--tag", "nightly", "--tag", "team-a", "--priority", "7", "--node-label", "fast",
            "--proxy-user", "alice", "--conf", "spark.ssl.keyPassword=hunter2");
        Assert.True(code == 0, text);
        foreach (string part in (string[])["--proxy-user alice", "--conf spark.yarn.queue=research", "--conf spark.yarn.tags=yarndl,nightly,team-a", "--conf spark.yarn.priority=7",
            "--conf spark.yarn.am.nodeLabelExpression=fast", "--conf spark.yarn.executor.nodeLabelExpression=fast", "hdfs:///user/alice/.yarndl/bundles/yarndl-", "spark.ssl.keyPassword=***"])
        {
            Assert.Contains(part, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_a_job_includes_are_shipped_with_it()
    {
        Directory.CreateDirectory(In("jobs/common"));
        File.WriteAllText(In("jobs/common/base.yaml"), File.ReadAllText(In("job.yaml")));
        File.WriteAllText(In("jobs/more.yaml"), "include: [common/base.yaml]\nname: more\ntrain: {epochs: 3}\n");
        (int code, string text) = Yarndl("submit", "jobs/more.yaml", "--dry-run", "--files", "words.txt");
        Assert.True(code == 0, text);
        Assert.Contains("--files jobs/more.yaml,words.txt,jobs/common/base.yaml ", text, StringComparison.Ordinal);
        Assert.Contains("'yarndl train more'", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_job_is_refused_on_the_client()
    {
        (int code, string text) = Yarndl("submit", In("job.yaml"), "--set", "train.epoch=3");
        Assert.True(code == 2, text);
        Assert.Contains("epochs", text, StringComparison.Ordinal);
        (code, text) = Yarndl("submit", In("job.yaml"), "--set", "optimizer={type: adamw, learningrat: 1}");
        Assert.True(code == 2, text);
        Assert.False(File.Exists(In("bin/calls")));
    }

    [Fact]
    public void A_cluster_that_does_not_answer_is_told_with_where_to_look()
    {
        (int code, string text) = Yarndl("submit", In("job.yaml"));
        Assert.True(code == 6, text);
        Assert.Contains("HADOOP_CONF_DIR", text, StringComparison.Ordinal);
        Assert.Contains("org.yarndl.spark.ClusterTool", File.ReadAllText(In("bin/calls")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string In(string name) => Path.Combine(_folder, name);

    private (int Code, string Text) Yarndl(params string[] words)
    {
        var info = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "YarnDL.Cli")) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder };
        foreach (string w in words)
        {
            info.ArgumentList.Add(w);
        }

        info.Environment["SPARK_HOME"] = _folder;
        info.Environment["YARNDL_HOME"] = _folder;
        using Process process = Process.Start(info)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, text);
    }
}
