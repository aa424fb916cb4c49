using System.Diagnostics;
using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Data.Rows;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;
using YarnDL.Training.Tests.Scoring;

namespace YarnDL.Training.Tests.Engines;

/// <summary>Whoever applies the model, predictions, values and ledgers are the same.</summary>
public sealed class WorkerScoringTests : IDisposable
{
    private readonly SmallTraining _training = new();
    private readonly HashSet<int> _killed = [];
    private readonly string _model;

    public WorkerScoringTests()
    {
        using var engine = new LocalEngine(1);
        _model = SmallTraining.Fit(_training.Run("run", engine)).ModelPath!;
    }

    public void Dispose() => _training.Dispose();

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(3, 1)]
    [InlineData(2, 2)]
    public void Workers_and_kills_change_no_prediction_and_lose_no_row(int workers, int kills)
    {
        var here = new MemoryLake(Batches());
        ScoreResult one = Scorer.Score(Request(here), new Recorder());
        using ProcessEngine engine = Processes(workers);
        var there = new MemoryLake(Batches());
        int left = kills;
        var progress = new Recorder(onRows: () =>
        {
            if (left > 0)
            {
                left--;
                Kill(engine);
            }
        });
        ScoreResult many = Scorer.Score(Request(there) with { Engine = engine }, progress);
        Assert.Equal(workers - kills, engine.Workers.Count);
        Assert.Equal(kills, progress.Notices.Count(n => n.Contains("its rows are redone", StringComparison.Ordinal)));
        Assert.Equal(new ScoreLedger(3000, 2994, 6, 0, 0), many.Ledger);
        Assert.Equal(one.Ledger, many.Ledger);
        Assert.Equal(Bytes(here), Bytes(there));
        Assert.Equal(File.ReadAllText(one.BadRows!), File.ReadAllText(many.BadRows!));
        Assert.True(there.Committed);
    }

    [Fact]
    public void What_a_worker_finds_wrong_is_told_as_if_it_had_been_found_here_and_nothing_is_written()
    {
        using ProcessEngine engine = Processes(2);
        foreach (BadRowPolicy policy in (BadRowPolicy[])[BadRowPolicy.Fail, BadRowPolicy.Quarantine(3)])
        {
            DataException here = Assert.Throws<DataException>(() => Scorer.Score(Request(new MemoryLake(Batches())) with { OnBadRow = policy }, new Recorder()));
            var lake = new MemoryLake(Batches());
            DataException there = Assert.Throws<DataException>(() => Scorer.Score(Request(lake) with { OnBadRow = policy, Engine = engine }, new Recorder()));
            Assert.Equal((here.Fault, here.Message), (there.Fault, there.Message));
            Assert.False(lake.Committed);
        }

        Assert.Equal(2, engine.Workers.Count);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    public void A_model_is_judged_alike_by_workers_and_here_whatever_the_order_of_rows(int workers, int kills)
    {
        EvaluationResult one = Judge(null, Batches(), new Recorder());
        using ProcessEngine engine = Processes(workers);
        int left = kills;
        EvaluationResult many = Judge(engine, [.. Batches().Reverse()], new Recorder(onRows: () =>
        {
            if (left > 0)
            {
                left--;
                Kill(engine);
            }
        }));
        Assert.Equal(workers - kills, engine.Workers.Count);
        Assert.Equal(one.Values, many.Values);
        Assert.Equal(one.Confusion, many.Confusion);
        Assert.Equal((2994, 6), (many.Rows, many.Dropped));
    }

    private EvaluationResult Judge(IEngine? engine, ColumnBatch[] rows, Recorder progress) => Evaluator.Evaluate(new EvaluationRequest
    {
        Store = _training.Store,
        ModelPath = _model,
        Lake = new MemoryLake(rows),
        Source = MemoryLake.Table,
        Engine = engine,
        DropBadRows = true,
    }, progress);

    private ScoreRequest Request(MemoryLake lake) => new()
    {
        Store = _training.Store,
        ModelPath = _model,
        Lake = lake,
        Source = MemoryLake.Table,
        Target = MemoryLake.Table,
        Keep = ["KEY", "kind"],
        Outputs = ["class", "probabilities"],
        OnBadRow = BadRowPolicy.Quarantine(10),
        BadRowsPath = _training[$"bad-{lake.GetHashCode()}"],
        BatchSize = 64,
    };

    private static ColumnBatch[] Batches() => [.. Enumerable.Range(0, 6).Select(i =>
    {
        ColumnBatch batch = SmallTraining.Batch(500, 500 * i);
        byte[] validity = [.. Enumerable.Repeat((byte)255, (batch.Rows + 7) / 8)];
        validity[3] = 0xfb;
        Column c = batch.Columns[0];
        return batch with { Columns = [new Column(c.Field, c.Rows, validity, c.Values, c.Offsets, c.Children), .. batch.Columns.Skip(1)] };
    })];

    private static List<string> Bytes(MemoryLake lake) => lake.Written.ConvertAll(b =>
    {
        var bytes = new ByteBuffer();
        ColumnBatchFormat.WriteSchema(b.Schema.Fields, bytes);
        ColumnBatchFormat.Write(b, bytes);
        return Convert.ToHexString(bytes.Written);
    });

    private void Kill(ProcessEngine engine)
    {
        using var worker = Process.GetProcessById(engine.Workers.First(_killed.Add));
        worker.Kill();
        worker.WaitForExit();
    }

    private static ProcessEngine Processes(int workers) =>
        new(new ProcessEngineOptions { Workers = workers, ThreadsPerWorker = 1, Command = SmallTraining.WorkerCommand });
}
