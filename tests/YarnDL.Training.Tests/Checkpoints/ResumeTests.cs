using YarnDL.Data.Files;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Checkpoints;

/// <summary>A run that was interrupted and continued gives the bytes of one that was not.</summary>
public sealed class ResumeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_run_cancelled_at_any_step_and_continued_gives_the_same_bits(int cancelAfter)
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        TrainingRun run = training.Run("run", engine);
        using var cancel = new CancellationTokenSource();
        var first = new Recorder(r =>
        {
            if (r.Step + 1 == cancelAfter)
            {
                cancel.Cancel();
            }
        });
        TrainingResult cancelled = SmallTraining.Fit(run, first, cancellation: cancel.Token);
        Assert.Equal(TrainingOutcome.Cancelled, cancelled.Outcome);
        Assert.Equal(cancelAfter, cancelled.Steps);
        Assert.Null(cancelled.ModelPath);
        Assert.True(Directory.Exists(cancelled.CheckpointPath));

        var second = new Recorder();
        TrainingResult resumed = SmallTraining.Fit(run, second);
        Assert.Equal(SmallTraining.Steps - cancelAfter, second.Losses.Count);
        Assert.Equal(training.Reference(), SmallTraining.Weights(resumed));
    }

    [Fact]
    public void Losses_epochs_and_the_metrics_file_of_a_continued_run_are_those_of_an_uninterrupted_one()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(1);
        var whole = new Recorder();
        TrainingResult reference = SmallTraining.Fit(training.Run("whole", engine), whole);
        Interrupt(training, engine, "run", 9);
        var rest = new Recorder();
        TrainingResult resumed = SmallTraining.Fit(training.Run("run", engine), rest);
        Assert.Equal(whole.Losses.Skip(9), rest.Losses);
        Assert.Equal(reference.Epochs.Select(e => e.Values), resumed.Epochs.Select(e => e.Values));
        Assert.Equal(Untimed(reference.MetricsPath), Untimed(resumed.MetricsPath));
    }

    [Fact]
    public void A_schedule_that_listens_to_measures_goes_on_where_it_was()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        TrainingPlan plan = SmallTraining.Plan with { Epochs = 5, Schedule = new Nn.PlateauSchedule(factor: 0.5, patience: 0, threshold: 10, relative: false) };
        TrainingResult whole = SmallTraining.Fit(training.Run("whole", engine), plan: plan);
        double[] rates = [.. File.ReadAllLines(whole.MetricsPath).Where(l => l.Contains("\"step\"", StringComparison.Ordinal) && l.Contains("learningRate", StringComparison.Ordinal))
            .Select(l => (double)System.Text.Json.Nodes.JsonNode.Parse(l)!["learningRate"]!)];
        Assert.Equal(0.01, rates[0]);
        Assert.True(rates[^1] < 0.005, "the rate was never cut");
        using var cancel = new CancellationTokenSource();
        SmallTraining.Fit(training.Run("run", engine), new Recorder(r => (r.Step == 23 ? cancel : null)?.Cancel()), plan, cancel.Token);
        Assert.Equal(SmallTraining.Weights(whole), SmallTraining.Weights(SmallTraining.Fit(training.Run("run", engine), plan: plan)));
    }

    [Fact]
    public void A_run_continues_with_other_threads_and_in_worker_processes()
    {
        using var training = new SmallTraining();
        using var local = new LocalEngine(1, prefetch: false);
        Interrupt(training, local, "run", 5);
        using var processes = new ProcessEngine(new ProcessEngineOptions { Workers = 3, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand });
        Assert.Equal(training.Reference(), SmallTraining.Weights(SmallTraining.Fit(training.Run("run", processes))));
    }

    [Theory]
    [InlineData("manifest.json")]
    [InlineData("state.safetensors")]
    [InlineData("metrics.jsonl")]
    public void A_corrupt_checkpoint_is_skipped_by_name_and_the_one_before_it_taken(string damaged)
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        TrainingRun run = training.Run("run", engine) with { Checkpoints = new CheckpointPolicy { EverySteps = 2, Keep = 3 } };
        Interrupt(training, engine, "run", 6, run.Checkpoints);
        string newest = Checkpoints(run)[^1];
        byte[] bytes = File.ReadAllBytes($"{newest}/{damaged}");
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes($"{newest}/{damaged}", bytes);
        var recorder = new Recorder();
        TrainingResult resumed = SmallTraining.Fit(run, recorder);
        Assert.Contains(recorder.Notices, n => n.Contains($"{newest} is skipped", StringComparison.Ordinal));
        Assert.Equal(SmallTraining.Steps - 4, recorder.Losses.Count);
        Assert.Equal(training.Reference(), SmallTraining.Weights(resumed));
    }

    [Fact]
    public void A_checkpoint_half_written_or_half_deleted_is_no_checkpoint()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        TrainingRun run = training.Run("run", engine);
        Interrupt(training, engine, "run", 5);
        Directory.CreateDirectory(training["run/checkpoints/tmp-step-000000000006"]);
        Directory.CreateDirectory(training["run/checkpoints/step-000000000008"]);
        File.WriteAllText(training["run/checkpoints/step-000000000008/state.safetensors"], "half");
        var recorder = new Recorder();
        TrainingResult resumed = SmallTraining.Fit(run, recorder);
        Assert.Equal(SmallTraining.Steps - 5, recorder.Losses.Count);
        Assert.Equal(training.Reference(), SmallTraining.Weights(resumed));
        Assert.False(Directory.Exists(training["run/checkpoints/tmp-step-000000000006"]));
    }

    [Fact]
    public void Another_plan_is_refused_by_the_name_of_what_differs()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        Interrupt(training, engine, "run", 3);
        foreach ((TrainingPlan plan, string name) in ((TrainingPlan, string)[])
            [(SmallTraining.Plan with { Epochs = 3 }, "epochs"), (SmallTraining.Plan with { Seed = 43 }, "seed"), (SmallTraining.Plan with { Optimizer = new Nn.Adam(0.02) }, "optimizer")])
        {
            var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(training.Run("run", engine), plan: plan));
            Assert.Contains(name, e.Message, StringComparison.Ordinal);
            Assert.Equal(TrainingFault.Job, e.Fault);
        }
    }

    [Fact]
    public void Another_kernel_set_is_refused_unless_allowed()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        Interrupt(training, engine, "run", 3);
        string manifest = $"{Checkpoints(training.Run("run", engine))[^1]}/manifest.json";
        System.Text.Json.Nodes.JsonObject json = Storage.SealedJson.Read(File.ReadAllBytes(manifest))!;
        json["kernelSet"] = "managed/0";
        File.WriteAllBytes(manifest, Storage.SealedJson.Write(json));
        var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(training.Run("run", engine)));
        Assert.Contains("managed/0", e.Message, StringComparison.Ordinal);
        Assert.Equal(TrainingOutcome.Trained, SmallTraining.Fit(training.Run("run", engine) with { AllowOtherKernelSet = true }).Outcome);
    }

    [Fact]
    public void The_newest_k_and_the_best_are_kept()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        TrainingRun run = training.Run("run", engine) with { Checkpoints = new CheckpointPolicy { EverySteps = 1, EveryEpochs = 0, Keep = 2 } };
        TrainingResult result = SmallTraining.Fit(run, plan: SmallTraining.Plan with { Epochs = 4 });
        double best = result.Epochs.Max(e => e.Values["val_accuracy"]);
        int epoch = result.Epochs.First(e => e.Values["val_accuracy"] == best).Epoch;
        string[] expected = [.. new[] { (epoch + 1) * 7, 27, 28 }.Distinct().Order().Select(s => $"step-{s:D12}")];
        Assert.Equal(expected, Checkpoints(run).Select(c => Path.GetFileName(c)));
    }

    [Fact]
    public void Without_resume_a_run_starts_anew_and_leaves_no_checkpoint_of_the_old_one()
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(2);
        Interrupt(training, engine, "run", 5);
        var recorder = new Recorder();
        TrainingPlan other = SmallTraining.Plan with { Seed = 99 };
        using var cancel = new CancellationTokenSource();
        TrainingRun run = training.Run("run", engine) with { Resume = false, Checkpoints = new CheckpointPolicy { EverySteps = 5 } };
        SmallTraining.Fit(run, new Recorder(r => (r.Step == 4 ? cancel : null)?.Cancel()), other, cancel.Token);
        SmallTraining.Fit(run with { Resume = true }, recorder, other);
        Assert.Equal(SmallTraining.Steps - 5, recorder.Losses.Count);
    }

    private static void Interrupt(SmallTraining training, IEngine engine, string name, int after, CheckpointPolicy? policy = null)
    {
        using var cancel = new CancellationTokenSource();
        var recorder = new Recorder(r =>
        {
            if (r.Step + 1 == after)
            {
                cancel.Cancel();
            }
        });
        TrainingRun run = training.Run(name, engine) with { Checkpoints = policy ?? new CheckpointPolicy() };
        Assert.Equal(TrainingOutcome.Cancelled, SmallTraining.Fit(run, recorder, cancellation: cancel.Token).Outcome);
    }

    private static string[] Checkpoints(TrainingRun run) => [.. new LocalFileStore().List($"{run.Output}/checkpoints").Select(s => s.Path)];

    private static string[] Untimed(string metrics) => [.. File.ReadAllLines(metrics).Select(l => l[..l.IndexOf(",\"seconds\"", StringComparison.Ordinal)])];
}
