using System.Text.Json.Nodes;

namespace YarnDL.Cluster.Tests;

/// <summary>The same job on one machine and on YARN, whatever happens to its processes.</summary>
public sealed class ClusterTests(ClusterOfTests tests) : IClassFixture<ClusterOfTests>
{
    private static readonly TimeSpan Start = TimeSpan.FromMinutes(3), End = TimeSpan.FromMinutes(1);

    private MiniCluster Cluster => tests.Cluster;

    [Fact]
    public void One_executor_gives_the_bits_of_one_machine_and_a_second_run_of_the_same_id_is_done_already()
    {
        using (Command first = tests.Submit("digits", "/tmp/one", "--num-executors", "1", "--run-id", "r1", "--tag", "nightly"))
        {
            AssertTrained(first, "/tmp/one/r1");
        }

        using Command again = tests.Submit("digits", "/tmp/one", "--num-executors", "1", "--run-id", "r1");
        Assert.True(again.Wait() == 0, Story(again));
        using Command status = tests.Run("status", "r1");
        Assert.Equal(0, status.Wait());
        Assert.Equal(2, status.Outcome()["applications"]!.AsArray().Count(a => a!["final"]!.ToString() == "SUCCEEDED"));
        using Command logs = tests.Run("logs", "r1");
        Assert.True(logs.Wait() == 0, logs.Text);
        Assert.Contains("there already", logs.Text, StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void Three_executors_another_layout_a_killed_executor_and_a_killed_worker_give_the_same_bits()
    {
        using Command run = tests.Submit("many", "/tmp/three", "--num-executors", "3", "--conf", "spark.locality.wait=0");
        int driver = Paused(run, "/tmp/three");
        int[] executors = Wait.For("three executors", Start, () => Cluster.Processes.Find(ContainerProcesses.Executor) is { Length: 3 } e ? e : null, () => Story(run));
        int[] workers = Wait.For("a worker", Start, () => Cluster.Processes.Find(ContainerProcesses.Worker) is { Length: > 0 } w ? w : null, () => Story(run));
        ContainerProcesses.KillNow(workers[0]);
        ContainerProcesses.KillNow(executors[^1]);
        ContainerProcesses.Resume(driver);
        AssertTrained(run, "/tmp/three");
        AssertTidy();
    }

    [Fact]
    public void A_killed_application_master_is_started_again_and_finishes_from_the_rows_it_began_with()
    {
        using Command run = tests.Submit("changing", "/tmp/master", "--num-executors", "1");
        int driver = Paused(run, "/tmp/master");
        const string Table = "/user/hive/warehouse/changing";
        foreach (string file in Cluster.Files.List(Table))
        {
            Cluster.Files.Delete($"{Table}/{file}");
        }

        ContainerProcesses.KillNow(Assert.Single(Cluster.Processes.Find(ContainerProcesses.ApplicationMaster)));
        ContainerProcesses.Resume(driver);
        AssertTrained(run, "/tmp/master");
        JsonObject outcome = (JsonObject)JsonNode.Parse(Cluster.Files.Read("/tmp/master/outcome.json"))!;
        Assert.Equal(run.Outcome()["application"]!.ToString(), outcome["application"]!.ToString());
        Assert.Contains("attempt 2", Status(outcome["application"]!.ToString()), StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void A_container_that_is_too_small_is_refused_before_the_submission_and_explained_when_it_was_not()
    {
        using (Command refused = tests.Submit("digits", "/tmp/small", "--conf", "spark.executor.memoryOverhead=700m"))
        {
            Assert.True(refused.Wait() == 6, refused.Text);
            Assert.Contains("raise spark.executor.memoryOverhead to", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("application_", refused.Text, StringComparison.Ordinal);
        }

        using Command run = tests.Submit("digits", "/tmp/small", "--num-executors", "1", "--conf", "spark.executor.memoryOverhead=700m", "--conf", "spark.yarndl.vmemRatio=0",
            "--conf", "spark.driver.memoryOverhead=2100m", "--conf", "spark.task.maxFailures=1", "--conf", "spark.yarn.maxAppAttempts=1");
        Assert.True(run.Wait() == 6, Story(run));
        Assert.Contains("virtual memory", run.Outcome()["message"]!.ToString(), StringComparison.Ordinal);
        Assert.Contains("raise spark.executor.memoryOverhead", run.Outcome()["message"]!.ToString(), StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void A_run_that_was_killed_leaves_nothing_running_and_its_id_continues_it_while_two_at_once_are_refused()
    {
        string[] options = ["--num-executors", "1", "--run-id", "k1", "--conf", "spark.yarn.maxAppAttempts=1"];
        using (Command run = tests.Submit("digits", "/tmp/killed", options))
        {
            int driver = Paused(run, "/tmp/killed/k1");
            using (Command second = tests.Submit("digits", "/tmp/killed", options))
            {
                Assert.True(second.Wait() == 6, Story(second));
                Assert.Contains("is being worked on by application_", second.Outcome()["message"]!.ToString(), StringComparison.Ordinal);
            }

            using Command kill = tests.Run("kill", "k1");
            Assert.True(kill.Wait() == 0, kill.Text);
            ContainerProcesses.Resume(driver);
            Assert.True(run.Wait() == 9, Story(run));
            AssertNothingRuns();
            Assert.DoesNotContain("model", Cluster.Files.List("/tmp/killed/k1"));
        }

        Wait.Until("the end of the lease", TimeSpan.FromMinutes(2), () => Cluster.Files.ModifiedAgo("/tmp/killed", "k1.lease-") is not { } age || age > TimeSpan.FromSeconds(61));
        using Command again = tests.Submit("digits", "/tmp/killed", options);
        AssertTrained(again, "/tmp/killed/k1");
        AssertTidy();
    }

    [Fact]
    public void A_failing_job_ends_with_its_own_code_and_tells_YARN_why()
    {
        using Command run = tests.Submit("nowhere", "/tmp/failing", "--num-executors", "1");
        Assert.True(run.Wait() == 3, Story(run));
        string message = run.Outcome()["message"]!.ToString();
        Assert.Contains("nowhere", message, StringComparison.Ordinal);
        string status = Status(run.Outcome()["application"]!.ToString());
        Assert.Contains("exit 3 (input)", status, StringComparison.Ordinal);
        Assert.Contains(message.Split(';')[0], status, StringComparison.Ordinal);
        AssertTidy();
    }

    /// <summary>Waits until the training has written a checkpoint, and holds its driver there.</summary>
    private int Paused(Command run, string output)
    {
        int driver = Wait.For("the first checkpoint", Start, () =>
        {
            Assert.False(run.HasExited, Story(run));
            return Cluster.Files.List($"{output}/checkpoints").Length > 0 ? Cluster.Processes.Find(ContainerProcesses.Driver) : null;
        }, () => Story(run))[0];
        ContainerProcesses.Pause(driver);
        Assert.DoesNotContain("model", Cluster.Files.List(output));
        return driver;
    }

    private void AssertTrained(Command run, string output)
    {
        Assert.True(run.Wait() == 0, Story(run));
        Assert.Equal(tests.Weights, ClusterOfTests.Sha(Cluster.Files.Read($"{output}/model/weights.safetensors")));
        Assert.Equal(tests.Facts, ClusterOfTests.FactsOf(run.Outcome()));
        Assert.Equal(["checkpoints", "evaluation.json", "job.yaml", "metrics.jsonl", "model", "outcome.json", "report.html", "run.json"], Cluster.Files.List(output));
        Assert.DoesNotContain(Cluster.Files.List(output[..output.LastIndexOf('/')]), f => f.Contains(".lease", StringComparison.Ordinal) && f.StartsWith(output[(output.LastIndexOf('/') + 1)..], StringComparison.Ordinal));
    }

    private string Status(string run)
    {
        using Command status = tests.Run("status", run);
        Assert.True(status.Wait() == 0, status.Text);
        return status.Text;
    }

    private void AssertNothingRuns() =>
        Wait.Until("the end of every process", End, () => Cluster.Processes.InContainers().Length == 0, () => string.Join('\n', Cluster.Processes.InContainers()));

    private void AssertTidy()
    {
        AssertNothingRuns();
        Assert.Empty(Cluster.Files.List($"/user/{Environment.UserName}/.sparkStaging"));
        Assert.Equal(["bundles"], Cluster.Files.List($"/user/{Environment.UserName}/.yarndl"));
        Assert.Single(Cluster.Files.List($"/user/{Environment.UserName}/.yarndl/bundles"));
    }

    private string Story(Command run) => $"{run.Text}\n{Cluster.Logs()}";
}
