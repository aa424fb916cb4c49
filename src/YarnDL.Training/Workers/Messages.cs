using YarnDL.Data;
using YarnDL.Data.Encoding;
using YarnDL.Graphs;
using YarnDL.Graphs.Programs;
using YarnDL.ModelFiles;
using YarnDL.Nn;
using YarnDL.Tensors;
using YarnDL.Training.Steps;

namespace YarnDL.Training.Workers;

/// <summary>The fields of each operation, in their order; the one place where both sides of the protocol are written.</summary>
internal static class Messages
{
    public static HeadWriter Order(WorkOrder o)
    {
        HeadWriter w = Echo(new HeadWriter(), o);
        Position(w, o.Position);
        w.Flag(o.Next is not null);
        if (o.Next is { } next)
        {
            Position(w, next);
        }

        return w.Text(o.Rows).Floats(o.Denominators);
    }

    public static WorkOrder Order(HeadReader r)
    {
        var order = new WorkOrder
        {
            Run = r.Text(),
            Attempt = r.Int(),
            Generation = r.Int(),
            Step = r.Long(),
            Phase = r.Int(),
            Range = new ShardRange(r.Int(), r.Int()),
            WeightsVersion = r.Long(),
            Position = Position(r),
            Next = r.Flag() ? Position(r) : null,
            Rows = r.Text(),
            Denominators = r.Floats(),
        };
        r.End();
        return order;
    }

    public static HeadWriter Times(IReadOnlyList<NodeTime> times)
    {
        HeadWriter w = new HeadWriter().Int(times.Count);
        foreach (NodeTime t in times)
        {
            w.Text(t.Node).Text(t.Operator).Doubles([t.Seconds, t.Flops]).Long(t.Runs);
        }

        return w;
    }

    public static List<NodeTime> Times(HeadReader r)
    {
        var times = new List<NodeTime>();
        for (int n = r.Count(24); n > 0; n--)
        {
            string node = r.Text(), name = r.Text();
            double[] values = r.Doubles();
            times.Add(values.Length == 2 ? new NodeTime(node, name, values[0], r.Long(), values[1]) : throw new ProtocolException("[worker] a node's time is not of the due form"));
        }

        r.End();
        return times;
    }

    /// <summary>The answer to an order: its first seven fields, then each node; gradients and buffers follow as tails.</summary>
    public static HeadWriter Sums(WorkOrder o, IReadOnlyList<SubtreeSums> nodes)
    {
        HeadWriter w = Echo(new HeadWriter(), o).Int(nodes.Count);
        foreach (SubtreeSums n in nodes)
        {
            w.Int(n.Subtree.First).Int(n.Subtree.Size).Int(n.Rows).Int(n.Shards).Floats(n.Numerators).Int(n.NextRows).Floats(n.NextDenominators);
            w.Int(n.Rows == 0 ? NoGradient : n.Tables.Length == 0 ? DenseGradient : RowGradient);
            if (n.Rows > 0)
            {
                foreach (RowSums t in n.Tables)
                {
                    w.Long(t.Count);
                }

                Metrics(w, n.Metrics);
            }
        }

        return w;
    }

    /// <summary>Reads an answer into the nodes that are due, tails included.</summary>
    /// <exception cref="ProtocolException">It is the answer to another order, or not of the due form.</exception>
    public static void Sums(Frame frame, Stream stream, WorkOrder o, IReadOnlyList<SubtreeSums> due)
    {
        var r = new HeadReader(frame.Head);
        if (r.Text() != o.Run || r.Int() != o.Attempt || r.Int() != o.Generation || r.Long() != o.Step || r.Int() != o.Phase
            || r.Int() != o.Range.First || r.Int() != o.Range.Count || r.Long() != o.WeightsVersion || r.Int() != due.Count)
        {
            throw new ProtocolException("[worker] an answer belongs to another order");
        }

        long tail = 0;
        foreach (SubtreeSums n in due)
        {
            if (r.Int() != n.Subtree.First || r.Int() != n.Subtree.Size)
            {
                throw new ProtocolException("[worker] an answer holds another subtree than asked for");
            }

            n.Rows = r.Int();
            n.Shards = r.Int();
            Exactly(r.Floats(), n.Numerators);
            n.NextRows = r.Int();
            Exactly(r.Floats(), n.NextDenominators);
            if (r.Int() != (n.Rows == 0 ? NoGradient : n.Tables.Length == 0 ? DenseGradient : RowGradient))
            {
                throw new ProtocolException("[worker] an answer holds a gradient of an unknown kind");
            }

            if (n.Rows > 0)
            {
                foreach (RowSums t in n.Tables)
                {
                    long count = r.Long();
                    t.Resize(count >= 0 && count <= t.Entries ? count : throw new ProtocolException($"[worker] an answer holds {count} rows of a table of {t.Entries}"));
                    tail += count * (sizeof(long) + (t.Width * sizeof(float)));
                }

                Metrics(r, n.Metrics);
                tail += (n.Gradient.Shape.ElementCount + n.Buffers.Shape.ElementCount) * sizeof(float);
            }
        }

        r.End();
        if (frame.TailBytes != tail)
        {
            throw new ProtocolException($"[worker] an answer brings {frame.TailBytes} bytes of vectors, {tail} are due");
        }

        foreach (SubtreeSums n in due)
        {
            if (n.Rows > 0)
            {
                Frame.ReadTail(stream, n.Gradient.View);
                Frame.ReadTail(stream, n.Buffers.View);
                foreach (RowSums t in n.Tables)
                {
                    Frame.ReadTail(stream, t.Ids);
                    Frame.ReadTail(stream, t.Values);
                    if (!t.IsSorted())
                    {
                        throw new ProtocolException("[worker] an answer holds rows of a table that do not ascend, or lie outside it");
                    }
                }
            }
        }
    }

    /// <summary>The vectors that follow an answer.</summary>
    public static TensorView[] Tails(IReadOnlyList<SubtreeSums> nodes) =>
    [
        .. nodes.Where(n => n.Rows > 0).SelectMany(n => (TensorView[])[n.Gradient.View, n.Buffers.View, .. n.Tables.SelectMany(t => (TensorView[])[t.Ids, t.Values])]),
    ];

    /// <summary>The most bytes that the vectors of an answer can have.</summary>
    public static long MostTail(IEnumerable<SubtreeSums> nodes) =>
        nodes.Sum(n => ((n.Gradient.Shape.ElementCount + n.Buffers.Shape.ElementCount) * sizeof(float)) + n.Tables.Sum(t => t.Entries * (sizeof(long) + (t.Width * sizeof(float)))));

    public static HeadWriter Parts(IReadOnlyList<EvaluationPart> parts)
    {
        var w = new HeadWriter();
        w.Int(parts.Count);
        foreach (EvaluationPart p in parts)
        {
            w.Long(p.Step).Int(p.Subtree.First).Int(p.Subtree.Size).Int(p.Rows).Floats(p.Numerators).Floats(p.Denominators);
            if (p.Rows > 0)
            {
                Metrics(w, p.Metrics);
            }
        }

        return w;
    }

    public static List<EvaluationPart> Parts(HeadReader r, Phase phase)
    {
        int count = r.Count(28);
        var parts = new List<EvaluationPart>(count);
        for (int i = 0; i < count; i++)
        {
            long step = r.Long();
            var part = new EvaluationPart(step, new Subtree(r.Int(), r.Int()), phase.Losses.Count, phase.Metrics.Count) { Rows = r.Int() };
            Exactly(r.Floats(), part.Numerators);
            Exactly(r.Floats(), part.Denominators);
            if (part.Rows > 0)
            {
                Metrics(r, part.Metrics);
            }

            parts.Add(part);
        }

        r.End();
        return parts;
    }

    /// <summary>Rows in memory: columns, order, and the pools as tails.</summary>
    public static HeadWriter Explicit(HeadWriter w, ExplicitRows rows)
    {
        w.Int(rows.Shards).Int(rows.Columns.Count);
        for (int c = 0; c < rows.Columns.Count; c++)
        {
            w.Text(rows.Columns[c].Name).Int((int)rows.Columns[c].DType).Int(rows.Pool[c].Shape.Rank);
            foreach (long d in rows.Pool[c].Shape.Dims)
            {
                w.Long(d);
            }
        }

        w.Int(rows.Order.Count);
        foreach (int[] step in rows.Order)
        {
            w.Bytes(System.Runtime.InteropServices.MemoryMarshal.AsBytes<int>(step));
        }

        return w;
    }

    public static ExplicitRows Explicit(HeadReader r, Stream stream, long tailBytes)
    {
        int shards = r.Int();
        var columns = new EncodedColumn[r.Count(12)];
        var pool = new Tensor[columns.Length];
        long left = tailBytes;
        for (int c = 0; c < columns.Length; c++)
        {
            string name = r.Text();
            var type = (DType)r.Int();
            var dims = new long[r.Count(8)];
            for (int d = 0; d < dims.Length; d++)
            {
                dims[d] = r.Long();
            }

            var shape = new Shape(dims);
            if (dims.Length == 0 || !Enum.IsDefined(type) || (left -= checked(shape.ElementCount * type.Size())) < 0)
            {
                throw new ProtocolException($"[worker] column {name} of {shape} is larger than the vectors that follow");
            }

            columns[c] = new EncodedColumn(name, type, new Shape(shape.Dims[1..]));
            pool[c] = new Tensor(type, shape);
        }

        var order = new int[r.Count(4)][];
        for (int s = 0; s < order.Length; s++)
        {
            order[s] = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, int>(r.Bytes()).ToArray();
        }

        r.End();
        if (left != 0)
        {
            throw new ProtocolException($"[worker] {left} bytes of vectors too many");
        }

        foreach (Tensor t in pool)
        {
            Frame.ReadTail(stream, t.View);
        }

        return new ExplicitRows(columns, pool, order, shards);
    }

    /// <summary>A failure as a value; null when it is none that a user can mend, so that the process should end.</summary>
    public static HeadWriter? Failure(Exception e) => e switch
    {
        DataException d => new HeadWriter().Int(1).Int((int)d.Fault).Text(d.Message),
        TrainingException t => new HeadWriter().Int(2).Int((int)t.Fault).Text(t.Message),
        ModelFileException m => new HeadWriter().Int(3).Int(0).Text(m.Message),
        InputValueException v => new HeadWriter().Int(1).Int((int)DataFault.Input).Text(v.Message),
        GraphException g => new HeadWriter().Int(2).Int((int)TrainingFault.Job).Text(g.Message),
        Data.Files.FileStoreException f => new HeadWriter().Int(4).Int((int)f.Fault).Text(f.Message),
        _ => null,
    };

    /// <summary>The exception that a failure stands for.</summary>
    public static Exception Failure(HeadReader r)
    {
        int kind = r.Int(), fault = r.Int();
        string message = r.Text();
        return kind switch
        {
            1 => new DataException((DataFault)fault, message),
            2 => new TrainingException((TrainingFault)fault, message),
            3 => new ModelFileException(message),
            4 => new Data.Files.FileStoreException((Data.Files.FileStoreFault)fault, message),
            _ => new ProtocolException($"[worker] a failure of unknown kind {kind}: {message}"),
        };
    }

    public static void Position(HeadWriter w, StepPosition p) => w.Int((int)p.Epoch).Long(p.Step);

    public static StepPosition Position(HeadReader r) => new((uint)r.Int(), r.Long());

    private const int NoGradient = 0;
    private const int DenseGradient = 1;
    private const int RowGradient = 2;

    private static HeadWriter Echo(HeadWriter w, WorkOrder o) =>
        w.Text(o.Run).Int(o.Attempt).Int(o.Generation).Long(o.Step).Int(o.Phase).Int(o.Range.First).Int(o.Range.Count).Long(o.WeightsVersion);

    private static void Metrics(HeadWriter w, MetricValue[] values)
    {
        w.Int(values.Length);
        foreach (MetricValue v in values)
        {
            w.Doubles(v.Sums).Doubles(v.List);
        }
    }

    private static void Metrics(HeadReader r, MetricValue[] into)
    {
        if (r.Count(8) != into.Length)
        {
            throw new ProtocolException("[worker] an answer holds another number of metrics than the plan");
        }

        for (int i = 0; i < into.Length; i++)
        {
            into[i] = new MetricValue(r.Doubles(), r.Doubles());
        }
    }

    private static void Exactly<T>(T[] values, T[] into)
    {
        if (values.Length != into.Length)
        {
            throw new ProtocolException($"[worker] an answer holds {values.Length} values, {into.Length} are due");
        }

        values.CopyTo(into, 0);
    }
}
