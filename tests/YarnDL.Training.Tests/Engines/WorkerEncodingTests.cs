using System.Diagnostics;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Features;
using YarnDL.Data.Rows;
using YarnDL.Training.Engines;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Whoever encodes the rows, every byte of the staging folder is the same.</summary>
public sealed class WorkerEncodingTests : IDisposable
{
    private const int Rows = 20_000;

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<int> _killed = [];
    private readonly Recorder _recorder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Any_number_of_workers_writes_the_same_bytes(int workers)
    {
        EncodeResult local = Encoder.Run(Job("local"));
        using ProcessEngine engine = Processes(workers);
        EncodeResult far = Encoder.Run(Far("far", engine));
        Assert.Equal(workers, engine.Workers.Count);
        Assert.Equal(local.Ledger, far.Ledger);
        Assert.True(far.Ledger.Balances && far.Ledger.Quarantined > 0 && far.Ledger.HeldOut > 0);
        Assert.Equal(Bytes("local"), Bytes("far"));
        Assert.Empty(_recorder.Notices);
    }

    [Theory]
    [InlineData("fit", 3, 1)]
    [InlineData("encode", 3, 1)]
    [InlineData("encode", 2, 2)]
    [InlineData("cut", 3, 1)]
    [InlineData("cut", 2, 2)]
    public void A_worker_killed_in_any_stage_has_its_part_redone(string stage, int workers, int kills)
    {
        EncodeResult local = Encoder.Run(Job("local"));
        using ProcessEngine engine = Processes(workers);
        int left = kills;
        EncodeResult far = Encoder.Run(Far("far", engine) with
        {
            Progress = p =>
            {
                if (p.Stage == stage && left > 0)
                {
                    left--;
                    Kill(engine);
                }
            },
        });
        Assert.Equal(0, left);
        Assert.Equal(workers - kills, engine.Workers.Count);
        Assert.Equal(kills, _recorder.Notices.Count(n => n.Contains("its rows are redone", StringComparison.Ordinal)));
        Assert.Equal(local.Ledger, far.Ledger);
        Assert.Equal(Bytes("local"), Bytes("far"));
    }

    [Fact]
    public void Sorting_in_workers_through_files_changes_no_byte_even_when_all_of_them_die()
    {
        Encoder.Run(Job("local"));
        using ProcessEngine engine = Processes(2);
        Encoder.Run(Far("far", engine) with { MemoryLimit = 1 });
        Assert.Equal(Bytes("local"), Bytes("far"));
        using ProcessEngine dying = Processes(2);
        int told = 0;
        Encoder.Run(Far("dying", dying) with
        {
            MemoryLimit = 1,
            Progress = p =>
            {
                if (p.Stage == "encode" && ++told is 2 or 4)
                {
                    Kill(dying);
                }
            },
        });
        Assert.Empty(dying.Workers);
        Assert.Equal(Bytes("local"), Bytes("dying"));
    }

    [Fact]
    public void What_a_worker_finds_wrong_is_told_as_if_it_had_been_found_here()
    {
        using ProcessEngine engine = Processes(2);
        DataException here = Assert.Throws<DataException>(() => Encoder.Run(Job("local") with { OnBadRow = BadRowPolicy.Fail }));
        DataException there = Assert.Throws<DataException>(() => Encoder.Run(Far("far", engine) with { OnBadRow = BadRowPolicy.Fail }));
        Assert.Equal((here.Fault, here.Message), (there.Fault, there.Message));
        here = Assert.Throws<DataException>(() => Encoder.Run(Job("local") with { RowKey = ["kind"] }));
        there = Assert.Throws<DataException>(() => Encoder.Run(Far("far", engine) with { RowKey = ["kind"] }));
        Assert.Equal((here.Fault, here.Message), (there.Fault, there.Message));
        Assert.Equal(2, engine.Workers.Count);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path, "far*"));
        // The same workers then do the next job.
        Encoder.Run(Job("local"));
        Encoder.Run(Far("far", engine));
        Assert.Equal(Bytes("local"), Bytes("far"));
    }

    [Fact]
    public void Workers_that_encoded_train_too()
    {
        using var training = new SmallTraining();
        using ProcessEngine engine = Processes(2);
        Encoder.Run(Far("far", engine));
        int[] workers = [.. engine.Workers];
        Assert.Equal(training.Reference(), SmallTraining.Weights(SmallTraining.Fit(training.Run("run", engine))));
        Assert.Equal(workers, engine.Workers);
    }

    /// <summary>kill -9 of a worker that lives; the driver has not noticed earlier ones yet.</summary>
    private void Kill(ProcessEngine engine)
    {
        using var worker = Process.GetProcessById(engine.Workers.First(_killed.Add));
        worker.Kill();
        worker.WaitForExit();
    }

    /// <summary>Rows with bad ones, repeats, and held-out ones.</summary>
    private EncodeJob Job(string folder) => new()
    {
        Features = SmallTraining.FeatureList,
        Rows = () => Batches(),
        HeldOutFraction = 0.2,
        OnBadRow = BadRowPolicy.Quarantine(1000),
        KeyColumns = ["key"],
        Shards = 8,
        Store = new Data.Files.LocalFileStore(),
        Folder = _folder[folder],
    };

    private EncodeJob Far(string folder, ProcessEngine engine) => Job(folder) with { Stages = engine.Encoding(_recorder) };

    private static IEnumerable<ColumnBatch> Batches()
    {
        for (int first = 0; first < Rows; first += 1000)
        {
            ColumnBatch batch = SmallTraining.Batch(first == 5000 ? 500 : 1000, first);
            byte[] validity = [.. Enumerable.Repeat((byte)255, (batch.Rows + 7) / 8)];
            validity[3] = 0xfb;
            Column c = batch.Columns[0];
            yield return batch with { Columns = [new Column(c.Field, c.Rows, validity, c.Values, c.Offsets, c.Children), .. batch.Columns.Skip(1)] };
        }

        yield return SmallTraining.Batch(500);
    }

    private SortedDictionary<string, string> Bytes(string folder)
    {
        string root = _folder[folder];
        return new(Directory.GetFiles(root, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(root, f), f => Convert.ToHexString(File.ReadAllBytes(f))), StringComparer.Ordinal);
    }

    private static ProcessEngine Processes(int workers) =>
        new(new ProcessEngineOptions { Workers = workers, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand });
}
