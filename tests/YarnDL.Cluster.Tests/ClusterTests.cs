using System.Text.Json.Nodes;

namespace YarnDL.Cluster.Tests;

/// <summary>The same job on one machine and on YARN, whatever happens to its processes.</summary>
public sealed class ClusterTests(ClusterOfTests tests) : IClassFixture<ClusterOfTests>, IDisposable
{
    private const int Parts = 40;

    private static readonly TimeSpan Start = TimeSpan.FromMinutes(10), End = TimeSpan.FromMinutes(2);

    private static string Home => $"/user/{Environment.UserName}";

    private MiniCluster Cluster => tests.Cluster;

    [Fact]
    public void One_executor_gives_the_bits_of_one_machine_and_a_second_run_of_the_same_id_is_done_already()
    {
        using (Command first = tests.Submit("{table: digits}", "/tmp/one", "--num-executors", "1", "--run-id", "r1", "--tag", "nightly"))
        {
            AssertTrained(first, "/tmp/one/r1");
        }

        using Command again = tests.Submit("{table: digits}", "/tmp/one", "--num-executors", "1", "--run-id", "r1");
        AssertEnds(0, again);
        using Command status = tests.Run("status", "r1");
        Assert.Equal(0, status.Wait());
        Assert.Equal(2, status.Outcome()["applications"]!.AsArray().Count(a => a!["final"]!.ToString() == "SUCCEEDED"));
        using Command logs = tests.Run("logs", "r1");
        Assert.True(logs.Wait() == 0, logs.Text);
        Assert.Contains("there already", logs.Text, StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void Three_executors_and_another_layout_give_the_same_bits_with_executors_killed_while_they_encode_and_train_and_a_killed_worker()
    {
        using Command run = tests.Submit(ManyParts("many"), "/tmp/three", "--num-executors", "3", "--conf", "spark.locality.wait=0");
        int[] workers = Encoding(run, () => Entry("blocks.tmp-", "/tmp/three") + "/encoded-rows", 3);
        ContainerProcesses.KillNow(ContainerProcesses.Parent(workers[0]));
        ContainerProcesses.Resume(workers);

        workers = Training(run, "/tmp/three");
        int[] executors = Wait.For("three executors", Start, () => Cluster.Processes.Find(ContainerProcesses.Executor) is { Length: 3 } e ? e : null, () => Story(run));
        int parent = ContainerProcesses.Parent(workers[0]);
        ContainerProcesses.KillNow(workers[0]);
        ContainerProcesses.KillNow(executors.Last(e => e != parent));
        ContainerProcesses.Resume(workers);
        AssertTrained(run, "/tmp/three");
        AssertTidy();
    }

    [Fact]
    public void A_killed_application_master_is_started_again_and_finishes_from_the_rows_it_began_with()
    {
        using Command run = tests.Submit("{table: changing}", "/tmp/master", "--num-executors", "1");
        int[] workers = Training(run, "/tmp/master");
        const string Table = "/user/hive/warehouse/changing";
        foreach (string file in Cluster.Files.List(Table))
        {
            Cluster.Files.Delete($"{Table}/{file}");
        }

        ContainerProcesses.KillNow(Assert.Single(Cluster.Processes.Find(ContainerProcesses.ApplicationMaster)));
        ContainerProcesses.Resume(workers);
        AssertTrained(run, "/tmp/master");
        JsonObject outcome = (JsonObject)JsonNode.Parse(Cluster.Files.Read("/tmp/master/outcome.json"))!;
        Assert.Equal(run.Outcome()["application"]!.ToString(), outcome["application"]!.ToString());
        Assert.Contains("attempt 2", Status(outcome["application"]!.ToString()), StringComparison.Ordinal);
        Assert.Contains("[checkpoint] the run continues from ", Cluster.Logs(outcome["application"]!.ToString(), int.MaxValue), StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void A_container_that_is_too_small_is_refused_before_the_submission_and_explained_when_it_was_not()
    {
        using (Command refused = tests.Submit("{table: digits}", "/tmp/small", "--conf", "spark.executor.memoryOverhead=700m"))
        {
            Assert.True(refused.Wait() == 6, refused.Text);
            Assert.Contains("raise spark.executor.memoryOverhead to", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("application_", refused.Text, StringComparison.Ordinal);
        }

        using Command run = tests.Submit("{table: digits}", "/tmp/small", "--num-executors", "1", "--conf", "spark.executor.memoryOverhead=700m", "--conf", "spark.yarndl.vmemRatio=0",
            "--conf", "spark.driver.memoryOverhead=2100m", "--conf", "spark.task.maxFailures=1", "--conf", "spark.yarn.maxAppAttempts=1");
        AssertEnds(6, run);
        AssertTold(run, "spark.executor.memoryOverhead is 700m: Container killed by YARN for exceeding virtual memory limits", "raise spark.executor.memoryOverhead, or switch");
        AssertTidy();
    }

    [Fact]
    public void A_container_that_outgrows_its_physical_memory_is_explained()
    {
        // Activations of 2 x 2.2 GB in a container of 4 GB, which may have 8.4 GB of addresses and needs 3.4 GB beside them: only the check of physical memory objects.
        using Command run = tests.SubmitJob("""
            version: 1
            name: wide
            data: {train: {sql: "select float(id % 3) a, float(id % 7) b, string(id % 3) kind from range(6000)"}}
            features: [{type: numeric, name: x, columns: [a, b]}]
            label: {column: kind}
            model: {type: mlp, hidden: [100000], outputs: 3}
            loss: crossEntropy
            train: {epochs: 1, batchSize: 5600, shards: 1}
            output: /tmp/wide
            """, "--num-executors", "1", "--conf", "spark.executor.memoryOverhead=3584m", "--conf", "spark.yarndl.executor.memory=600m",
            "--conf", "spark.task.maxFailures=1", "--conf", "spark.yarn.maxAppAttempts=1");
        AssertEnds(6, run);
        AssertTold(run, "spark.executor.memoryOverhead is 3584m: Container killed by YARN for exceeding physical memory limits", "raise spark.executor.memoryOverhead, or lower train.batchSize");
        AssertTidy();
    }

    [Fact]
    public void A_run_that_was_killed_leaves_nothing_running_and_its_id_continues_it_while_two_at_once_are_refused()
    {
        string[] options = ["--num-executors", "1", "--run-id", "k1", "--conf", "spark.yarn.maxAppAttempts=1"];
        using (Command run = tests.Submit("{table: digits}", "/tmp/killed", options))
        {
            int[] workers = Training(run, "/tmp/killed/k1");
            using (Command second = tests.Submit("{table: digits}", "/tmp/killed", options))
            {
                AssertEnds(6, second);
                AssertTold(second, "is being worked on by application_");
            }

            using Command kill = tests.Run("kill", "k1");
            Assert.True(kill.Wait() == 0, kill.Text);
            ContainerProcesses.Resume(workers);
            AssertEnds(9, run);
            AssertNothingRuns();
            // No outcome: the killed one could say nothing, and the refused one left this folder alone.
            Assert.Equal(["blocks", "checkpoints"], Cluster.Files.List("/tmp/killed/k1").Except(["metrics.jsonl"]));
        }

        // The lease of a run that was killed is free after a minute.
        foreach (string lease in Cluster.Files.List("/tmp/killed").Where(f => f.StartsWith("k1.lease-", StringComparison.Ordinal)))
        {
            Cluster.Files.Age($"/tmp/killed/{lease}");
        }

        using Command again = tests.Submit("{table: digits}", "/tmp/killed", options);
        AssertTrained(again, "/tmp/killed/k1");
        AssertTidy();
    }

    [Fact]
    public void A_failing_job_ends_with_its_own_code_and_tells_YARN_why_and_plain_spark_submit_ends_with_1()
    {
        const string Nowhere = "{table: nowhere}";
        using Command run = tests.Submit(Nowhere, "/tmp/failing", "--num-executors", "1");
        AssertEnds(3, run);
        string message = run.Outcome()["message"]!.ToString();
        Assert.Contains("nowhere", message, StringComparison.Ordinal);
        string status = Status(run.Outcome()["application"]!.ToString());
        Assert.Contains("exit 3 (input)", status, StringComparison.Ordinal);
        Assert.Contains(message.Split(';')[0], status, StringComparison.Ordinal);
        Assert.Equal(3, (int)JsonNode.Parse(Cluster.Files.Read("/tmp/failing/outcome.json"))!["exit"]!);

        using Command printed = tests.Submit(Nowhere, "/tmp/failing", "--num-executors", "1", "--dry-run");
        Assert.True(printed.Wait() == 0, printed.Text);
        using Command plain = tests.Shell(printed.Text.Split('\n').First(l => l.StartsWith("spark-submit ", StringComparison.Ordinal)));
        Assert.True(plain.Wait() == 1, plain.Text);
        Assert.Contains("exit 3 (input)", plain.Text, StringComparison.Ordinal);

        using Command client = tests.Submit(Nowhere, "/tmp/failing", "--num-executors", "1", "--deploy-mode", "client");
        Assert.True(client.Wait() == 3, client.Text);
        Assert.Contains("nowhere", client.Text, StringComparison.Ordinal);
        AssertTidy();
    }

    [Fact]
    public void Scores_go_into_a_partitioned_table_each_once_with_an_executor_killed_and_a_view_is_judged_in_client_mode()
    {
        using Command run = tests.Score($"{{input: {ManyParts("digits")}, format: table, output: scored, mode: append, keep: [id, digit], outputs: [class, probabilities]}}", "/tmp/scoring",
            "--num-executors", "2", "--conf", "spark.locality.wait=0");
        int[] workers = Encoding(run, () => Entry("yarndl-rows-", "/tmp", Home + "/.yarndl"), 2);
        ContainerProcesses.KillNow(ContainerProcesses.Parent(workers[0]));
        ContainerProcesses.Resume(workers);
        AssertEnds(0, run);
        Assert.Equal("{\"read\":2000,\"scored\":2000,\"quarantined\":0,\"dropped\":0,\"filtered\":0}", run.Outcome()["scoreLedger"]?.ToJsonString());
        Assert.Equal(tests.Scores(), tests.ScoresOf("/user/hive/warehouse/scored"));
        Assert.DoesNotContain(Cluster.Files.List("/tmp"), f => f.StartsWith("yarndl-rows", StringComparison.Ordinal));
        AssertTidy();

        using Command judged = tests.Submit("{table: digits}", tests.LocalRun, "--set", "data.test={table: some}", "--command", "evaluate", "--deploy-mode", "client", "--num-executors", "1");
        Assert.True(judged.Wait() == 0, judged.Text);
        Assert.Contains($"\"metrics\":{tests.Judgement}", judged.Text, StringComparison.Ordinal);
        AssertTidy();
    }

    /// <summary>A test that failed leaves its application; the next one must not share the cluster with it.</summary>
    public void Dispose() => tests.EndApplications();

    private static string ManyParts(string table) => $"{{sql: 'select /*+ repartition({Parts}, id) */ png, digit, id from {table}'}}";

    /// <summary>Waits until tasks with rows are under way, and holds their workers.</summary>
    /// <param name="staged">Where each task makes a file.</param>
    private int[] Encoding(Command run, Func<string> staged, int workers)
    {
        int[] held = Wait.For("tasks with rows", Start, () =>
        {
            AssertRuns(run);
            return Staged(staged) > 0 && Cluster.Processes.Find(ContainerProcesses.Worker) is { } w && w.Length == workers ? w : null;
        }, () => Story(run));
        ContainerProcesses.Pause(held);
        Assert.InRange(Staged(staged), 1, Parts - 1);
        return held;
    }

    /// <summary>The first entry of some folders whose name begins so.</summary>
    private string Entry(string prefix, params string[] folders) =>
        folders.SelectMany(f => Cluster.Files.List(f).Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Select(n => $"{f}/{n}")).FirstOrDefault() ?? "/none";

    private int Staged(Func<string> folder) => Cluster.Files.List(folder()).Count(f => f.StartsWith("part-", StringComparison.Ordinal));

    /// <summary>Waits until the training has written a checkpoint, and holds its workers there: the next step waits for them.</summary>
    private int[] Training(Command run, string output)
    {
        int[] held = Wait.For("the first checkpoint", Start, () =>
        {
            AssertRuns(run);
            return Cluster.Files.List($"{output}/checkpoints").Any(c => c.StartsWith("step-", StringComparison.Ordinal)) && Cluster.Processes.Find(ContainerProcesses.Worker) is { Length: > 0 } w ? w : null;
        }, () => Story(run));
        ContainerProcesses.Pause(held);
        Assert.DoesNotContain("model", Cluster.Files.List(output));
        return held;
    }

    private void AssertRuns(Command run)
    {
        if (run.HasExited)
        {
            Assert.Fail(Story(run));
        }
    }

    private void AssertEnds(int code, Command run)
    {
        if (run.Wait() != code)
        {
            Assert.Fail(Story(run));
        }
    }

    private static void AssertTold(Command run, params string[] words)
    {
        string message = run.Outcome()["message"]!.ToString();
        Assert.True(words.All(w => message.Contains(w, StringComparison.Ordinal)), message);
    }

    private void AssertTrained(Command run, string output)
    {
        AssertEnds(0, run);
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
        Assert.Empty(Cluster.Files.List($"{Home}/.sparkStaging"));
        Assert.Equal(["bundles"], Cluster.Files.List($"{Home}/.yarndl"));
        Assert.Single(Cluster.Files.List($"{Home}/.yarndl/bundles"));
    }

    private string Story(Command run) => $"{run.Text}\n{Cluster.Logs()}";
}
