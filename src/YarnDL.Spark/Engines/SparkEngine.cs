using YarnDL.Data.Encoding;
using YarnDL.Data.Files;
using YarnDL.Spark.Bridge;
using YarnDL.Spark.Files;
using YarnDL.Spark.Lakes;
using YarnDL.Tensors;
using YarnDL.Training;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;
using YarnDL.Training.Steps;
using YarnDL.Training.Workers;

namespace YarnDL.Spark.Engines;

/// <summary>
/// Shards on the executors of a Spark application: the frames of the worker protocol go through the JVM, one Spark job per call. Lost workers and
/// executors are Spark's to replace: a task is repeated elsewhere with the same order, so the bits stay.
/// </summary>
internal sealed class SparkEngine(BridgeClient bridge, int cores) : IEngine
{
    private readonly MemoryStream _frames = new();
    private readonly List<SubtreeSums> _nodes = [];
    private EngineSession? _session;
    private (ShardRange[] Ranges, int Phase)? _cut;
    private long _version = -1;
    private int _generation;

    public string Description => "Spark executors, one job per step";

    public ComputePool Pool { get; } = new(Math.Max(1, cores));

    /// <summary>Tasks of the latest call.</summary>
    public int Workers => _cut?.Ranges.Length ?? 0;

    private EngineSession Session => _session ?? throw new InvalidOperationException("[engine] it is not open; call Open");

    public Func<EncodeJob, string, IEncodingStages> Encoding(ITrainingProgress progress) => (job, folder) =>
        job.Table is not null && (job.HeldOutRows is null || job.HeldOutTable is not null) && job.Store is HadoopFileStore
            ? new SparkStages(bridge, job, folder, Executors()) : new LocalStages(job, folder);

    IScoring? IEngine.Scoring(ScoringJob job, Func<ModelBytes> model, ITrainingProgress progress) =>
        job.Lake is SparkLake ? new SparkScoring(bridge, job, model()) : null;

    public void Open(EngineSession session)
    {
        Close();
        byte[] plan = StepPlanFormat.Write(session.Plan);
        List<byte[]> frames = [];
        using (Tensor bytes = Tensor.From<byte>(new Shape(plan.Length), plan))
        {
            frames.Add(Recorded(s => Frame.Send(s, Operation.OpenPlan, new HeadWriter().Flag(true), bytes.View)));
        }

        frames.Add(Rows(session.Rows, heldOut: false));
        if (session.HeldOut is { } heldOut)
        {
            frames.Add(Rows(heldOut, heldOut: true));
        }

        bridge.Ask(BridgeOperation.OpenWork, request =>
        {
            request.AppendInt32(frames.Count);
            foreach (byte[] frame in frames)
            {
                request.AppendInt32(frame.Length);
                request.Append(frame);
            }
        }, static _ => 0);
        _session = session;
    }

    public IReadOnlyList<float> Begin(StepPosition position)
    {
        Cut(0);
        WorkOrder[] orders = Orders(new StepOrder(0, 0, 0, position, null, []));
        List<byte[]> replies = Run(-1, null, null, Array.ConvertAll(orders, o => Recorded(s => Frame.Send(s, Operation.Begin, Messages.Order(o)))));
        TakeSums(orders, replies);
        return StepSums.FoldNext(Session.Plan.Shards, _nodes);
    }

    public StepSums Step(StepOrder order, Tensor parameters, Tensor buffers)
    {
        Cut(order.Phase);
        WorkOrder[] orders = Orders(order);
        List<byte[]> replies = Run(order.Version, parameters, buffers, Array.ConvertAll(orders, o => Recorded(s => Frame.Send(s, Operation.Work, Messages.Order(o)))));
        TakeSums(orders, replies);
        return StepSums.Fold(Pool, Session.Plan.Shards, _nodes);
    }

    public Measures Evaluate(long version, int phase, bool heldOut, Tensor parameters, Tensor buffers)
    {
        Cut(phase);
        IRowSource rows = heldOut ? Session.HeldOut! : Session.Rows;
        Phase p = Session.Plan.Phases[phase];
        byte[][] orders = Array.ConvertAll(_cut!.Value.Ranges, range => Recorded(s =>
            Frame.Send(s, Operation.Evaluate, new HeadWriter().Flag(heldOut).Int(phase).Int(range.First).Int(range.Count).Long(version))));
        List<EvaluationPart> parts = [];
        foreach (byte[] reply in Run(version, parameters, buffers, orders))
        {
            using var stream = new MemoryStream(reply);
            parts.AddRange(Messages.Parts(new HeadReader(Receive(stream, Operation.EvaluateDone).Head), p));
        }

        return EvaluationPart.Fold(rows.Shards, rows.StepsPerEpoch(Session.Plan.Batch), parts, p);
    }

    public void Close()
    {
        Forget();
        _session = null;
        _version = -1;
    }

    public void Dispose()
    {
        Close();
        Pool.Dispose();
        _frames.Dispose();
    }

    /// <summary>Deals the shards to as many tasks as there are executors now.</summary>
    private void Cut(int phase)
    {
        ShardRange[] ranges = ShardTree.Deal(Session.Plan.Shards, Executors());
        if (_cut is { } cut && cut.Phase == phase && cut.Ranges.AsSpan().SequenceEqual(ranges))
        {
            return;
        }

        Forget();
        foreach (ShardRange range in ranges)
        {
            foreach (Subtree subtree in ShardTree.Cut(range))
            {
                _nodes.Add(new SubtreeSums(subtree, Session.Plan, phase));
            }
        }

        _cut = (ranges, phase);
        _generation++;
    }

    private int Executors() => Math.Max(1, bridge.Ask(BridgeOperation.Workers, static _ => { }, static reply => RequestFields.TakeInt32(ref reply)));

    private WorkOrder[] Orders(StepOrder order) => Array.ConvertAll(_cut!.Value.Ranges, range => WorkOrder.Of(Session, order, range, _generation));

    private List<byte[]> Run(long version, Tensor? parameters, Tensor? buffers, byte[][] orders)
    {
        byte[]? weights = version >= 0 && version != _version ? Recorded(s => Frame.Send(s, Operation.Weights, new HeadWriter().Long(version), parameters!.View, buffers!.View)) : null;
        try
        {
            List<byte[]> replies = bridge.Ask(BridgeOperation.RunWork, request =>
            {
                request.AppendInt64(version);
                request.AppendByte(weights is null ? (byte)0 : (byte)1);
                if (weights is not null)
                {
                    request.AppendInt32(weights.Length);
                    request.Append(weights);
                }

                request.AppendInt32(orders.Length);
                foreach (byte[] order in orders)
                {
                    request.AppendInt32(order.Length);
                    request.Append(order);
                }
            }, static reply =>
            {
                var found = new List<byte[]>();
                for (int i = RequestFields.TakeInt32(ref reply); i > 0; i--)
                {
                    int length = RequestFields.TakeInt32(ref reply);
                    found.Add(reply[..length].ToArray());
                    reply = reply[length..];
                }

                return found;
            });
            _version = weights is null ? _version : version;
            return replies;
        }
        catch (BridgeFaultException e)
        {
            bool memory = e.Fault == (int)TrainingFault.Resources;
            throw new TrainingException(memory ? TrainingFault.Resources : TrainingFault.GaveUp, memory ? e.Message : $"{e.Message}; Spark gave up after repeated failures of a task, look at the executors' logs", e);
        }
    }

    private void TakeSums(WorkOrder[] orders, List<byte[]> replies)
    {
        int at = 0;
        for (int i = 0; i < orders.Length; i++)
        {
            int count = ShardTree.Cut(orders[i].Range).Length;
            using var stream = new MemoryStream(replies[i]);
            Messages.Sums(Receive(stream, Operation.WorkDone), stream, orders[i], _nodes.GetRange(at, count));
            at += count;
        }
    }

    private static Frame Receive(MemoryStream stream, Operation due)
    {
        Frame frame = Frame.Receive(stream, Frame.HeadLimit, stream.Length);
        return frame.Operation == due ? frame
            : frame.Operation == Operation.Failed ? throw Messages.Failure(new HeadReader(frame.Head))
            : throw new ProtocolException($"[worker] {frame.Operation} came where {due} is due");
    }

    private byte[] Rows(IRowSource rows, bool heldOut)
    {
        HeadWriter head = new HeadWriter().Flag(heldOut);
        return rows switch
        {
            BlockRows { Store: HadoopFileStore } blocks => Recorded(s => Frame.Send(s, Operation.OpenBlocks, head.Int(WorkerServer.SharedBlocks).Text(blocks.Folder))),
            ExplicitRows given => Recorded(s => Frame.Send(s, Operation.OpenBlocks, Messages.Explicit(head.Int(WorkerServer.InFrame), given), [.. given.Pool.Select(t => t.View)])),
            _ => throw new TrainingException(TrainingFault.Job, "[engine] executors read blocks from the cluster's files; put the staging folder there"),
        };
    }

    private byte[] Recorded(Action<Stream> send)
    {
        _frames.SetLength(0);
        send(_frames);
        return _frames.ToArray();
    }

    private void Forget()
    {
        _nodes.ForEach(n => n.Dispose());
        _nodes.Clear();
        _cut = null;
    }
}
