using YarnDL.Jobs;
using YarnDL.Outcomes;
using YarnDL.Submit;
using YarnDL.Training;

namespace YarnDL.Tests.Submit;

public sealed class SubmitPlanTests
{
    private static readonly ClusterFacts Cluster = new("hdfs://nn/user/me/.yarndl/bundles/yarndl-1.tgz", 4, 8192, 2.1);

    private static List<string> Line(SubmitRequest r, params string[] conf) => SubmitPlan.Arguments(r, SubmitPlan.Properties([], conf), Cluster, "/opt/yarndl.jar", "digits");

    private static string Conf(List<string> line, string key) => Assert.Single(line, w => w.StartsWith(key + "=", StringComparison.Ordinal))[(key.Length + 1)..];

    [Fact]
    public void Containers_are_sized_so_that_both_memory_checks_pass()
    {
        List<string> line = Line(new SubmitRequest { Job = "job.yaml" });
        Assert.Equal("512m", Conf(line, "spark.executor.memory"));
        Assert.Equal("1890m", Conf(line, "spark.executor.memoryOverhead"));
        Assert.Equal("1280m", Conf(Line(new SubmitRequest { Job = "job.yaml" }, "spark.yarndl.vmemRatio=0"), "spark.driver.memoryOverhead"));
        Assert.Equal("4352m", Conf(Line(new SubmitRequest { Job = "job.yaml", DotnetMemory = "4g" }), "spark.executor.memoryOverhead"));
    }

    [Theory]
    [InlineData("spark.executor.memoryOverhead=700m", "virtual-memory check (ratio 2.1); raise spark.executor.memoryOverhead to 1890m")]
    [InlineData("spark.executor.memoryOverhead=400", "raise spark.executor.memoryOverhead to")]
    [InlineData("spark.driver.memory=8g", "the cluster grants at most 8192m; lower --driver-memory")]
    public void A_container_that_YARN_would_kill_or_never_grant_is_refused_with_the_setting(string conf, string message)
    {
        TrainingException e = Assert.Throws<TrainingException>(() => Line(new SubmitRequest { Job = "job.yaml" }, conf));
        Assert.Equal(TrainingFault.Resources, e.Fault);
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_scheduler_needs_passes_through()
    {
        List<string> line = Line(new SubmitRequest
        {
            Job = "here/job.yaml",
            RunId = "2026-11-21",
            Queue = "research",
            Tags = ["nightly"],
            Priority = 7,
            NodeLabel = "fast",
            ProxyUser = "alice",
            Executors = 4,
            ExecutorCores = 2,
            Settings = ["train.epochs=3"],
            Files = ["words.txt"],
        }, "spark.yarn.tags=mine");
        Assert.Equal(["here/job.yaml,words.txt"], line.SkipWhile(w => w != "--files").Skip(1).Take(1));
        Assert.Equal("research", Conf(line, "spark.yarn.queue"));
        Assert.Equal("mine,yarndl,yarndl-run:2026-11-21,nightly", Conf(line, "spark.yarn.tags"));
        Assert.Equal("7", Conf(line, "spark.yarn.priority"));
        Assert.Equal("fast", Conf(line, "spark.yarn.executor.nodeLabelExpression"));
        Assert.Equal("fast", Conf(line, "spark.yarn.am.nodeLabelExpression"));
        Assert.Equal(["--proxy-user", "alice"], line.SkipWhile(w => w != "--proxy-user").Take(2));
        Assert.Equal(["/opt/yarndl.jar", "train", "job.yaml", "--set", "train.epochs=3", "--run-id", "2026-11-21"], line.SkipWhile(w => w != "/opt/yarndl.jar"));
    }

    [Theory]
    [InlineData("local[4]")]
    [InlineData("local-cluster[2,1,1024]")]
    public void A_master_on_this_machine_has_no_containers_queues_or_tags(string master)
    {
        List<string> line = Line(new SubmitRequest { Job = "job.yaml", Master = master, Executors = 2, RunId = "r1", Command = "score" });
        Assert.Equal(["--master", master, "--name"], line.Take(3));
        Assert.DoesNotContain(line, w => w.StartsWith("spark.yarn.", StringComparison.Ordinal) || w.Contains("memoryOverhead", StringComparison.Ordinal));
        Assert.Equal(["/opt/yarndl.jar", "score", "job.yaml", "--run-id", "r1"], line.SkipWhile(w => w != "/opt/yarndl.jar"));
    }

    [Fact]
    public void In_client_mode_only_the_executors_have_containers()
    {
        List<string> line = Line(new SubmitRequest { Job = "job.yaml", DeployMode = "client", Queue = "research" });
        Assert.Equal(["--master", "yarn", "--deploy-mode", "client"], line.Take(4));
        Assert.Equal("1890m", Conf(line, "spark.executor.memoryOverhead"));
        Assert.DoesNotContain(line, w => w.StartsWith("spark.driver.memory", StringComparison.Ordinal));
        Assert.Equal("research", Conf(line, "spark.yarn.queue"));
    }

    [Fact]
    public void A_job_file_on_HDFS_is_not_shipped()
    {
        List<string> line = Line(new SubmitRequest { Job = "hdfs:///jobs/job.yaml" });
        Assert.DoesNotContain("--files", line);
        Assert.Equal("hdfs:///jobs/job.yaml", line[^1]);
    }

    [Fact]
    public void A_setting_of_ours_that_does_not_exist_is_refused_with_the_nearest_name() =>
        Assert.Contains("did you mean 'spark.yarndl.vmemRatio'", Assert.Throws<JobException>(() => SubmitPlan.Properties(["# x", "spark.yarndl.vmemratio 0"], [])).Message, StringComparison.Ordinal);

    [Fact]
    public void The_printed_line_is_one_that_a_shell_takes_and_holds_no_secret() =>
        Assert.Equal("--conf 'spark.a=b c' --conf 'spark.ssl.keyPassword=***'", SubmitPlan.Shell(["--conf", "spark.a=b c", "--conf", "spark.ssl.keyPassword=hunter2"]));

    [Theory]
    [InlineData("FINISHED", "FAILED", "User class threw exception: org.yarndl.spark.JobFailedException: exit 4 (badRows): 7 bad rows", "", ExitCode.BadRows, "7 bad rows")]
    [InlineData("KILLED", "KILLED", "killed by yarndl kill x", "", ExitCode.Cancelled, "killed by yarndl kill x")]
    [InlineData("FAILED", "FAILED", "AM Container exited: Current usage: 1 GB of 1 GB physical memory used", "", ExitCode.GaveUp, "raise spark.driver.memoryOverhead")]
    [InlineData("FINISHED", "SUCCEEDED", "", "", ExitCode.Done, null)]
    [InlineData("FINISHED", "FAILED", "exit 20 (gate): low", """{"exit":20,"message":"accuracy 0.5","application":"application_1_2"}""", ExitCode.Gate, "accuracy 0.5")]
    [InlineData("FINISHED", "FAILED", "exit 20 (gate): low", """{"exit":0,"application":"application_1_1"}""", ExitCode.Gate, "low")]
    public void The_code_is_the_runs_own(string state, string final, string diagnostics, string outcome, ExitCode code, string? message)
    {
        var application = ApplicationState.Parse(["application", "application_1_2", state, final, "me", "default", "1000", "2000", "1", "http://x", "yarndl", diagnostics]);
        (ExitCode seen, string? text, _) = application.Outcome(outcome.Length == 0 ? null : outcome);
        Assert.Equal(code, seen);
        Assert.Contains(message ?? "", text ?? "", StringComparison.Ordinal);
    }
}
