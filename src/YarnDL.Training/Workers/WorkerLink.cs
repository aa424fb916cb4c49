using System.Net.Sockets;
using YarnDL.Data.Files;
using YarnDL.Graphs.Programs;
using YarnDL.Tensors;
using YarnDL.Training.Engines;
using YarnDL.Training.Scoring;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>The driver's side of one worker. Every call may end in an IOException: then the worker is lost, and so is nothing else.</summary>
internal sealed class WorkerLink(Socket socket, Stream stream, int process, string kernelPath) : IDisposable
{
    private StepPlan? _plan;
    private SubtreeSums[]?[] _nodes = [];
    private ShardRange? _range;
    private long _version = -1;
    private EncodingOpening? _encoding;
    private ModelBytes? _model;

    public int Process => process;

    /// <summary>Which kernels it runs, such as avx2.</summary>
    public string KernelPath => kernelPath;

    /// <summary>How long the worker may take to answer before it counts as lost.</summary>
    public void ReplyTimeout(TimeSpan time) => socket.ReceiveTimeout = socket.SendTimeout = (int)Math.Min(int.MaxValue, time.TotalMilliseconds);

    /// <summary>One request and its answer.</summary>
    /// <exception cref="IOException">The worker is lost.</exception>
    public HeadReader Ask(Operation operation, HeadWriter head, Operation due, params ReadOnlySpan<TensorView> tails)
    {
        Frame.Send(stream, operation, head, tails);
        return new HeadReader(Receive(due, 0).Head);
    }

    /// <summary>Opens an encoding, unless it is the one that is open.</summary>
    public void OpenEncoding(EncodingOpening opening)
    {
        if (!ReferenceEquals(_encoding, opening))
        {
            _encoding = null;
            Ask(Operation.OpenEncoding, EncodingMessages.Opening(opening.Setup, opening.Features), Operation.Opened);
            _encoding = opening;
        }
    }

    /// <summary>Sends a model, unless it is the one that is open.</summary>
    public void OpenModel(ScoringSetup setup, ModelBytes model)
    {
        if (!ReferenceEquals(_model, model))
        {
            _model = null;
            ScoringMessages.SendOpening(stream, setup, model);
            Receive(Operation.Opened, 0);
            _model = model;
        }
    }

    /// <summary>Sends plan and rows.</summary>
    /// <exception cref="ProtocolException">The worker sees other rows.</exception>
    public void Open(EngineSession session, byte[] planBytes, bool prefetch)
    {
        Clear();
        _version = -1;
        _plan = session.Plan;
        using (var bytes = Tensor.From<byte>(new Shape(planBytes.Length), planBytes))
        {
            Frame.Send(stream, Operation.OpenPlan, new HeadWriter().Flag(prefetch), bytes.View);
        }

        Receive(Operation.Opened, 0);
        OpenRows(session.Rows, heldOut: false);
        if (session.HeldOut is { } heldOut)
        {
            OpenRows(heldOut, heldOut: true);
        }
    }

    public void SendBegin(WorkOrder order) => Frame.Send(stream, Operation.Begin, Messages.Order(order));

    /// <summary>Sends an order, and the weights where the worker lacks their version.</summary>
    public void SendWork(WorkOrder order, Tensor parameters, Tensor buffers)
    {
        SendWeights(order.WeightsVersion, parameters, buffers);
        Frame.Send(stream, Operation.Work, Messages.Order(order));
    }

    /// <summary>Waits for the answer to Begin or Work. The sums hold until the next order.</summary>
    public IReadOnlyList<SubtreeSums> ReceiveSums(WorkOrder order, Tensor? parameters, Tensor? buffers)
    {
        if (_range != order.Range)
        {
            Clear();
            _nodes = new SubtreeSums[]?[_plan!.Phases.Count];
            _range = order.Range;
        }

        SubtreeSums[] nodes = _nodes[order.Phase] ??= Array.ConvertAll(ShardTree.Cut(order.Range), s => new SubtreeSums(s, _plan!, order.Phase));
        Frame frame = ReceiveServingWeights(Operation.WorkDone, Messages.MostTail(nodes), order.WeightsVersion, parameters, buffers);
        Messages.Sums(frame, stream, order, nodes);
        return nodes;
    }

    public void SendEvaluate(ShardRange range, bool heldOut, int phase, long version, Tensor parameters, Tensor buffers)
    {
        SendWeights(version, parameters, buffers);
        Frame.Send(stream, Operation.Evaluate, new HeadWriter().Flag(heldOut).Int(phase).Int(range.First).Int(range.Count).Long(version));
    }

    public List<EvaluationPart> ReceiveEvaluation(int phase, long version, Tensor parameters, Tensor buffers) =>
        Messages.Parts(new HeadReader(ReceiveServingWeights(Operation.EvaluateDone, 0, version, parameters, buffers).Head), _plan!.Phases[phase]);

    /// <summary>Where the time of this worker's steps went.</summary>
    public List<NodeTime> Times()
    {
        Frame.Send(stream, Operation.Times, new HeadWriter());
        return Messages.Times(new HeadReader(Receive(Operation.TimesDone, 0).Head));
    }

    /// <summary>Asks the worker to end.</summary>
    public void Stop()
    {
        try
        {
            Frame.Send(stream, Operation.Stop, new HeadWriter());
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }

    public void Dispose()
    {
        Clear();
        socket.Dispose();
    }

    private void OpenRows(IRowSource rows, bool heldOut)
    {
        HeadWriter head = new HeadWriter().Flag(heldOut);
        switch (rows)
        {
            case BlockRows { Store: LocalFileStore } blocks:
                Frame.Send(stream, Operation.OpenBlocks, head.Int(WorkerServer.LocalBlocks).Text(Path.GetFullPath(blocks.Folder)));
                break;
            case ExplicitRows given:
                Frame.Send(stream, Operation.OpenBlocks, Messages.Explicit(head.Int(WorkerServer.InFrame), given), [.. given.Pool.Select(t => t.View)]);
                break;
            default:
                throw new TrainingException(TrainingFault.Job, "[engine] worker processes read blocks from local disk; put the staging folder there, or train in one process");
        }

        string hash = new HeadReader(Receive(Operation.Opened, 0).Head).Text();
        if (hash != rows.DataHash)
        {
            throw new ProtocolException($"[worker] process {process} sees rows {hash}, the driver {rows.DataHash}");
        }
    }

    private void SendWeights(long version, Tensor parameters, Tensor buffers)
    {
        if (_version != version)
        {
            Frame.Send(stream, Operation.Weights, new HeadWriter().Long(version), parameters.View, buffers.View);
            _version = version;
        }
    }

    private Frame ReceiveServingWeights(Operation due, long tail, long version, Tensor? parameters, Tensor? buffers)
    {
        Frame frame = Receive(due, tail, Operation.NeedWeights);
        if (frame.Operation == Operation.NeedWeights)
        {
            if (parameters is null || buffers is null || new HeadReader(frame.Head).Long() != version)
            {
                throw new ProtocolException("[worker] weights were asked for that no order named");
            }

            _version = -1;
            SendWeights(version, parameters, buffers);
            frame = Receive(due, tail);
        }

        return frame;
    }

    private Frame Receive(Operation due, long tail, Operation? or = null)
    {
        Frame frame = Frame.Receive(stream, Frame.HeadLimit, tail);
        return frame.Operation == due || frame.Operation == or ? frame
            : frame.Operation == Operation.Failed ? throw Messages.Failure(new HeadReader(frame.Head))
            : throw new ProtocolException($"[worker] {frame.Operation} came where {due} is due");
    }

    private void Clear()
    {
        foreach (SubtreeSums n in _nodes.SelectMany(n => n ?? []))
        {
            n.Dispose();
        }

        _nodes = [];
        _range = null;
    }
}
