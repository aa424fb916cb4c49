using YarnDL.Data.Features;
using YarnDL.Data.Files;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>The worker's side of a connection: serves operations until Stop or the end of the stream. All it holds, frames can rebuild.</summary>
internal sealed class WorkerServer : IDisposable
{
    private const long PlanLimit = 1L << 30;
    private const long RowsLimit = 16L << 30;

    private readonly Stream _stream;
    private readonly ComputePool _pool;
    private readonly Func<IFileStore>? _makeShared;
    private readonly EncodingServer _encoding;
    private readonly ScoringServer _scoring;
    private readonly IRowSource?[] _rows = new IRowSource?[2];
    private StepPlan? _plan;
    private bool _prefetch;
    private ShardWorker? _worker;
    private Tensor? _parameters;
    private Tensor? _buffers;
    private long _version = -1;
    private IFileStore? _shared;

    /// <param name="stream">The connection to the driver.</param>
    /// <param name="pool">Threads.</param>
    /// <param name="shared">Makes the store that all workers see; null: there is none.</param>
    /// <param name="registry">Features by name; null: those of this release.</param>
    public WorkerServer(Stream stream, ComputePool pool, Func<IFileStore>? shared = null, FeatureRegistry? registry = null)
    {
        (_stream, _pool, _makeShared) = (stream, pool, shared);
        registry ??= new FeatureRegistry();
        _encoding = new EncodingServer(pool, registry, StoreOf);
        _scoring = new ScoringServer(pool, registry);
    }

    /// <summary>Serves until the driver says Stop.</summary>
    /// <exception cref="IOException">The driver is gone, or does not keep to the protocol.</exception>
    public void Serve()
    {
        while (true)
        {
            Frame frame = Frame.Receive(_stream, Frame.HeadLimit, RowsLimit);
            if (frame.Operation == Operation.Stop)
            {
                return;
            }

            try
            {
                Handle(frame);
            }
            catch (Exception e) when (Messages.Failure(e) is { } failure)
            {
                Frame.Send(_stream, Operation.Failed, failure);
            }
        }
    }

    public void Dispose()
    {
        _encoding.Dispose();
        _scoring.Dispose();
        Drop();
    }

    private void Handle(Frame frame)
    {
        var r = new HeadReader(frame.Head);
        switch (frame.Operation)
        {
            case Operation.OpenPlan: OpenPlan(r, frame.TailBytes); break;
            case Operation.OpenBlocks: OpenBlocks(r, frame.TailBytes); break;
            case Operation.Weights: TakeWeights(r, frame.TailBytes); break;
            case Operation.Begin: Begin(r); break;
            case Operation.Work: Work(Messages.Order(r)); break;
            case Operation.Evaluate: Evaluate(r); break;
            case Operation.Times: Frame.Send(_stream, Operation.TimesDone, Messages.Times(_worker?.NodeTimes() ?? [])); break;
            case Operation.OpenModel:
                _scoring.Open(r, _stream, frame.TailBytes);
                Frame.Send(_stream, Operation.Opened, new HeadWriter().Text(""));
                break;
            case Operation.Score: Frame.Send(_stream, Operation.ScoreDone, _scoring.Score(r)); break;
            case Operation.OpenEncoding:
                _encoding.Open(r);
                Frame.Send(_stream, Operation.Opened, new HeadWriter().Text(""));
                break;
            case Operation.Fit: Frame.Send(_stream, Operation.FitDone, _encoding.Fit(r)); break;
            case Operation.Encode: Frame.Send(_stream, Operation.EncodeDone, _encoding.Encode(r)); break;
            case Operation.Sort:
                _encoding.Sort(r, _stream, frame.TailBytes);
                Frame.Send(_stream, Operation.SortDone, new HeadWriter());
                break;
            case Operation.Cut: Frame.Send(_stream, Operation.CutDone, _encoding.Cut(r)); break;
            default: throw new ProtocolException($"[worker] operation {frame.Operation} is not one that a worker serves");
        }
    }

    private void OpenPlan(HeadReader r, long tailBytes)
    {
        _prefetch = r.Flag();
        r.End();
        if (tailBytes > PlanLimit)
        {
            throw new ProtocolException($"[worker] a step plan of {tailBytes} bytes; at most {PlanLimit} are due");
        }

        using var bytes = new Tensor(DType.UInt8, new Shape(tailBytes));
        Frame.ReadTail(_stream, bytes.View);
        Drop();
        _plan = StepPlanFormat.Read(bytes.Span<byte>().ToArray());
        _parameters = new Tensor(DType.Float32, new Shape(_plan.ParameterCount));
        _buffers = new Tensor(DType.Float32, new Shape(_plan.BufferCount));
        Frame.Send(_stream, Operation.Opened, new HeadWriter().Text(""));
    }

    private void OpenBlocks(HeadReader r, long tailBytes)
    {
        int set = r.Flag() ? 1 : 0;
        int kind = r.Int();
        _worker?.Dispose();
        _worker = null;
        _rows[set]?.Dispose();
        _rows[set] = null;
        _rows[set] = kind switch
        {
            LocalBlocks or SharedBlocks => new BlockRows(StoreOf(kind), EndOf(r, r.Text()), _prefetch),
            InFrame => Messages.Explicit(r, _stream, tailBytes),
            _ => throw new ProtocolException($"[worker] rows of unknown kind {kind}"),
        };
        Frame.Send(_stream, Operation.Opened, new HeadWriter().Text(_rows[set]!.DataHash));
    }

    private void TakeWeights(HeadReader r, long tailBytes)
    {
        long version = r.Long();
        r.End();
        long due = _plan is null ? 0 : (_plan.ParameterCount + _plan.BufferCount) * sizeof(float);
        if (_plan is null || tailBytes != due)
        {
            throw new ProtocolException($"[worker] weights of {tailBytes} bytes, {due} are due");
        }

        _version = -1;
        Frame.ReadTail(_stream, _parameters!.View);
        Frame.ReadTail(_stream, _buffers!.View);
        _version = version;
    }

    private void Begin(HeadReader r)
    {
        WorkOrder order = Messages.Order(r);
        IReadOnlyList<SubtreeSums> nodes = Worker.Begin(order.Range, order.Position);
        Frame.Send(_stream, Operation.WorkDone, Messages.Sums(order, nodes), Messages.Tails(nodes));
    }

    private void Work(WorkOrder order)
    {
        Need(order.WeightsVersion);
        IReadOnlyList<SubtreeSums> nodes = Worker.Run(order, _parameters!, _buffers!);
        Frame.Send(_stream, Operation.WorkDone, Messages.Sums(order, nodes), Messages.Tails(nodes));
    }

    private void Evaluate(HeadReader r)
    {
        bool heldOut = r.Flag();
        int phase = r.Int();
        var range = new ShardRange(r.Int(), r.Int());
        long version = r.Long();
        r.End();
        Need(version);
        Frame.Send(_stream, Operation.EvaluateDone, Messages.Parts(Worker.Evaluate(range, heldOut, phase, _parameters!, _buffers!)));
    }

    /// <summary>Asks for a version that is not here, and takes it.</summary>
    private void Need(long version)
    {
        if (_version == version)
        {
            return;
        }

        Frame.Send(_stream, Operation.NeedWeights, new HeadWriter().Long(version));
        Frame frame = Frame.Receive(_stream, Frame.HeadLimit, RowsLimit);
        if (frame.Operation != Operation.Weights)
        {
            throw new ProtocolException($"[worker] version {version} was asked for, {frame.Operation} came");
        }

        TakeWeights(new HeadReader(frame.Head), frame.TailBytes);
        if (_version != version)
        {
            throw new ProtocolException($"[worker] version {version} was asked for, {_version} came");
        }
    }

    private IFileStore StoreOf(int kind) => kind switch
    {
        LocalBlocks => new LocalFileStore(),
        SharedBlocks when _makeShared is not null => _shared ??= _makeShared(),
        _ => throw new ProtocolException($"[worker] a folder of unknown kind {kind}"),
    };

    private ShardWorker Worker => _worker ??= new ShardWorker(
        _plan ?? throw new ProtocolException("[worker] no plan is open"), _rows[0] ?? throw new ProtocolException("[worker] no rows are open"), _rows[1], _pool, _prefetch);

    private void Drop()
    {
        _worker?.Dispose();
        _worker = null;
        for (int i = 0; i < _rows.Length; i++)
        {
            _rows[i]?.Dispose();
            _rows[i] = null;
        }

        _parameters?.Dispose();
        _buffers?.Dispose();
        _version = -1;
    }

    private static string EndOf(HeadReader r, string last)
    {
        r.End();
        return last;
    }

    public const int LocalBlocks = 1;

    public const int InFrame = 2;

    public const int SharedBlocks = 3;
}
