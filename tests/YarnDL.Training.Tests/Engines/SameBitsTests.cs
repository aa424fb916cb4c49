using System.Diagnostics;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Who computes does not matter: every engine, thread count and accident gives the bytes of one thread in one process.</summary>
public sealed class SameBitsTests
{
    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    public void Threads_and_prefetch_do_not_change_a_bit(int threads, bool prefetch)
    {
        using var training = new SmallTraining();
        using var engine = new LocalEngine(threads, prefetch);
        Assert.Equal(training.Reference(), SmallTraining.Weights(SmallTraining.Fit(training.Run("run", engine))));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    public void Worker_processes_do_not_change_a_bit(int workers, bool prefetch)
    {
        using var training = new SmallTraining();
        using ProcessEngine engine = Processes(workers, prefetch);
        var recorder = new Recorder();
        TrainingResult result = SmallTraining.Fit(training.Run("run", engine), recorder);
        Assert.Equal(workers, engine.Workers.Count);
        Assert.Equal(training.Reference(), SmallTraining.Weights(result));
        Assert.Empty(recorder.Notices);
    }

    [Theory]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Killing_workers_in_the_middle_does_not_change_a_bit(int workers, int kills)
    {
        using var training = new SmallTraining();
        using ProcessEngine engine = Processes(workers, prefetch: true);
        var recorder = new Recorder(r =>
        {
            if (r.Step == 3)
            {
                foreach (int id in engine.Workers.Take(kills).ToArray())
                {
                    using var worker = Process.GetProcessById(id);
                    worker.Kill();
                    worker.WaitForExit();
                }
            }
        });
        TrainingResult result = SmallTraining.Fit(training.Run("run", engine), recorder);
        Assert.Equal(workers - kills, engine.Workers.Count);
        Assert.Equal(kills, recorder.Notices.Count(n => n.Contains("its shards are redone", StringComparison.Ordinal)));
        Assert.Equal(training.Reference(), SmallTraining.Weights(result));
    }

    [Fact]
    public void Metrics_and_losses_are_the_same_whoever_computes()
    {
        using var training = new SmallTraining();
        using var local = new LocalEngine(1);
        using ProcessEngine processes = Processes(3, prefetch: true);
        var one = new Recorder();
        var three = new Recorder();
        SmallTraining.Fit(training.Run("one", local), one);
        SmallTraining.Fit(training.Run("three", processes), three);
        Assert.Equal(one.Losses, three.Losses);
        Assert.Equal(one.Epochs.Select(e => e.Values), three.Epochs.Select(e => e.Values));
        Assert.True(one.Epochs[^1].Values["val_accuracy"] > 0.6, $"the network learned nothing: {one.Epochs[^1].Values["val_accuracy"]}");
    }

    [Fact]
    public void An_engine_serves_one_run_after_another()
    {
        using var training = new SmallTraining();
        using ProcessEngine engine = Processes(2, prefetch: true);
        SmallTraining.Fit(training.Run("first", engine), plan: SmallTraining.Plan with { Seed = 1, Optimizer = new Nn.Sgd(0.1) });
        Assert.Equal(training.Reference(), SmallTraining.Weights(SmallTraining.Fit(training.Run("second", engine))));
        Assert.Equal(2, engine.Workers.Count);
    }

    [Fact]
    public void More_workers_than_shards_are_not_started_and_the_user_is_told()
    {
        using var training = new SmallTraining();
        using ProcessEngine engine = Processes(9, prefetch: true);
        var recorder = new Recorder();
        TrainingResult result = SmallTraining.Fit(training.Run("run", engine), recorder);
        Assert.Contains(recorder.Notices, n => n.Contains("8 workers are started", StringComparison.Ordinal));
        Assert.Equal(training.Reference(), SmallTraining.Weights(result));
    }

    [Fact]
    public void A_worker_that_cannot_be_started_ends_the_run_with_the_path()
    {
        using var training = new SmallTraining();
        using var engine = new ProcessEngine(new ProcessEngineOptions { Workers = 2, Command = ["/nowhere/worker"] });
        var e = Assert.Throws<TrainingException>(() => SmallTraining.Fit(training.Run("run", engine)));
        Assert.Equal(TrainingFault.Resources, e.Fault);
        Assert.Contains("/nowhere/worker", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Workers_that_end_at_once_end_the_run_before_the_time_is_up()
    {
        using var training = new SmallTraining();
        using var engine = new ProcessEngine(new ProcessEngineOptions { Workers = 2, Command = ["/bin/true"] });
        Assert.Equal(TrainingFault.Resources, Assert.Throws<TrainingException>(() => SmallTraining.Fit(training.Run("run", engine))).Fault);
    }

    [Fact]
    public void A_damaged_block_is_told_as_the_worker_saw_it()
    {
        using var training = new SmallTraining();
        string file = Directory.GetFiles($"{training.Encoded.Folder}/trained", "*").Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).OrderByDescending(f => new FileInfo(f).Length).First();
        byte[] bytes = File.ReadAllBytes(file);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(file, bytes);
        using ProcessEngine engine = Processes(2, prefetch: true);
        Exception e = Assert.ThrowsAny<Exception>(() => SmallTraining.Fit(training.Run("run", engine)));
        Assert.IsType<Data.DataException>(e);
        Assert.Contains(Path.GetFileName(file), e.Message, StringComparison.Ordinal);
    }

    private static ProcessEngine Processes(int workers, bool prefetch) =>
        new(new ProcessEngineOptions { Workers = workers, ThreadsPerWorker = 1, Prefetch = prefetch, Command = SmallTraining.WorkerCommand });
}
